//! The templates in the core's source, tests left out: what `Text::new` and `Error::bad` are given, and the rules that
//! values break, which are sentences without a subject ("must be above 0").

use std::fs;

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprCall, ExprLit, ItemFn, ItemMod, Lit};

use super::{Templates, files, root};

/// How a rule begins.
const RULES: &[&str] = &["must ", "is ", "are ", "can't ", "has ", "have ", "needs "];

pub fn templates() -> Templates {
    let mut all = Templates::new();
    for path in files("src", ".rs") {
        let text = fs::read_to_string(&path).expect("the source is readable");
        let file = syn::parse_file(&text).expect("the source is Rust");
        let place = path.strip_prefix(root()).expect("below the root").display().to_string();
        let mut finder = Finder { rules: !place.starts_with("src/scenes"), found: Vec::new() };
        finder.visit_file(&file);
        all.extend(finder.found.into_iter().map(|template| (template, place.clone())));
    }
    all
}

struct Finder {
    rules: bool,
    found: Vec<String>,
}

fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.parse_args::<syn::Path>().is_ok_and(|argument| argument.is_ident("test"))
    })
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(words), .. }) => Some(words.value()),
        _ => None,
    }
}

impl<'a> Visit<'a> for Finder {
    fn visit_item_mod(&mut self, module: &'a ItemMod) {
        if !for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'a ItemFn) {
        if !for_tests(&function.attrs) {
            visit::visit_item_fn(self, function);
        }
    }

    // Documentation is an attribute too.
    fn visit_attribute(&mut self, _: &'a Attribute) {}

    fn visit_expr_call(&mut self, call: &'a ExprCall) {
        if let Expr::Path(callee) = &*call.func {
            let names: Vec<String> = callee.path.segments.iter().rev().take(2).map(|s| s.ident.to_string()).collect();
            let at = match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["new", "Text"] => Some(0),
                ["bad", "Error"] => Some(2),
                _ => None,
            };
            self.found.extend(at.and_then(|at| literal(call.args.get(at)?)));
            if names == ["by_unit", "Text"] {
                self.found.extend(call.args.iter().filter_map(literal));
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_lit(&mut self, expression: &'a ExprLit) {
        if let Lit::Str(words) = &expression.lit {
            let words = words.value();
            if self.rules && RULES.iter().any(|start| words.starts_with(start)) {
                self.found.push(words);
            }
        }
    }
}
