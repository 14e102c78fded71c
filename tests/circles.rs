//! Files import one way: no file leads back to itself through what it imports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{Visit, visit_item_mod, visit_path};
use syn::{Item, ItemMod, ItemUse, UseTree, Visibility};

/// Where a file lies: `figure::axis`; a folder's `mod.rs` is the folder.
type Place = Vec<String>;

/// One file: the paths that it names, and those that it gives on under a name.
#[derive(Default)]
struct Names {
    used: Vec<Place>,
    given: BTreeMap<String, Place>,
}

impl Visit<'_> for Names {
    fn visit_item_use(&mut self, item: &ItemUse) {
        let mut leaves = Vec::new();
        spread(&item.tree, Vec::new(), &mut leaves);
        match item.vis {
            Visibility::Inherited => self.used.extend(leaves.into_iter().map(|(_, path)| path)),
            _ => self.given.extend(leaves),
        }
    }

    fn visit_path(&mut self, path: &syn::Path) {
        self.used.push(path.segments.iter().map(|part| part.ident.to_string()).collect());
        visit_path(self, path);
    }

    fn visit_item_mod(&mut self, item: &ItemMod) {
        // Tests of a file may use what they like.
        if !item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
            visit_item_mod(self, item);
        }
    }
}

/// The leaves of an import, each with the name that it has from then on.
fn spread(tree: &UseTree, mut before: Place, leaves: &mut Vec<(String, Place)>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            spread(&path.tree, before, leaves);
        }
        UseTree::Group(group) => group.items.iter().for_each(|one| spread(one, before.clone(), leaves)),
        UseTree::Name(name) if name.ident == "self" => {
            leaves.push((before.last().cloned().unwrap_or_default(), before))
        }
        UseTree::Name(name) => {
            before.push(name.ident.to_string());
            leaves.push((name.ident.to_string(), before));
        }
        UseTree::Rename(name) => {
            before.push(name.ident.to_string());
            leaves.push((name.rename.to_string(), before));
        }
        UseTree::Glob(_) => leaves.push((String::new(), before)),
    }
}

fn read(folder: &Path, place: &Place, files: &mut BTreeMap<Place, Names>) {
    for entry in fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let inside = [&place[..], std::slice::from_ref(&name)].concat();
        if path.is_dir() {
            read(&path, &inside, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && name != "lib" {
            let file = syn::parse_file(&fs::read_to_string(&path).expect("readable")).expect("Rust");
            let mut names = Names::default();
            file.items
                .iter()
                .filter(|item| !matches!(item, Item::Mod(one) if one.content.is_none()))
                .for_each(|item| names.visit_item(item));
            files.insert(if name == "mod" { place.clone() } else { inside }, names);
        }
    }
}

/// The file that a path leads to from `from`, through the names that files give on.
fn file(path: &Place, from: &Place, files: &BTreeMap<Place, Names>) -> Option<Place> {
    let mut place = match path.first()?.as_str() {
        "crate" => path[1..].to_vec(),
        "super" => [&from[..from.len().checked_sub(1)?], &path[1..]].concat(),
        _ => [&from[..], &path[..]].concat(),
    };
    // A name may be given on more than once; further than this nobody would follow it.
    for _ in 0..8 {
        let length = (1..=place.len()).rev().find(|length| files.contains_key(&place[..*length]))?;
        let (home, rest) = place.split_at(length);
        let home = home.to_vec();
        match rest.first().and_then(|name| files[&home].given.get(name)) {
            Some(given) if given.first().is_some_and(|first| first == "crate") => {
                place = [&given[1..], &rest[1..]].concat()
            }
            Some(given) => place = [&home[..], &given[..], &rest[1..]].concat(),
            None => return Some(home),
        }
    }
    None
}

/// The files that are on a way from `start` back to it.
fn circle(start: &Place, edges: &BTreeMap<Place, BTreeSet<Place>>) -> Option<Vec<Place>> {
    let (mut ways, mut seen) = (vec![vec![start.clone()]], BTreeSet::new());
    while let Some(way) = ways.pop() {
        for next in &edges[way.last()?] {
            if next == start {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push([&way[..], std::slice::from_ref(next)].concat());
            }
        }
    }
    None
}

#[test]
fn circles_are_found_and_other_ways_are_not() {
    let place = |name: &str| vec![name.to_owned()];
    let edges = |pairs: &[(&str, &[&str])]| -> BTreeMap<Place, BTreeSet<Place>> {
        pairs.iter().map(|(from, to)| (place(from), to.iter().map(|name| place(name)).collect())).collect()
    };
    let round = edges(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &["b"])]);
    assert_eq!(circle(&place("b"), &round), Some(vec![place("b"), place("c")]));
    assert_eq!(circle(&place("a"), &round), None, "a leads to a circle and is not in it");
    assert_eq!(circle(&place("a"), &edges(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
}

#[test]
fn a_name_that_is_given_on_is_followed_to_its_file() {
    let path = |words: &str| words.split("::").map(str::to_owned).collect::<Place>();
    let mut files: BTreeMap<Place, Names> =
        ["figure", "figure::axis", "figure::render"].map(|name| (path(name), Names::default())).into();
    files.get_mut(&path("figure")).expect("it is there").given.insert("Axis".into(), path("axis::Axis"));
    let leads = |to: &str, from: &str| file(&path(to), &path(from), &files);
    assert_eq!(leads("crate::figure::Axis", "scene"), Some(path("figure::axis")));
    assert_eq!(leads("super::axis::Axis", "figure::render"), Some(path("figure::axis")));
    assert_eq!(leads("std::fs", "figure::render"), Some(path("figure::render")));
}

#[test]
fn no_file_leads_back_to_itself() {
    let mut files = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &Vec::new(), &mut files);
    let edges: BTreeMap<Place, BTreeSet<Place>> = files
        .iter()
        .map(|(from, names)| {
            let to = names.used.iter().filter_map(|path| file(path, from, &files));
            // A file in a folder may name what its folder is of: they are one thing in parts.
            let to = to.filter(|to| !from.starts_with(to)).collect();
            (from.clone(), to)
        })
        .collect();
    assert!(edges.len() > 100 && edges.values().map(BTreeSet::len).sum::<usize>() > 400, "the imports were read");
    let named = |way: Vec<Place>| way.iter().map(|place| place.join("::")).collect::<Vec<_>>().join(" → ");
    let found: Vec<String> = edges.keys().filter_map(|start| circle(start, &edges)).map(named).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
