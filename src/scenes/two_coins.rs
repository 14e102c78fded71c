use crate::scene::*;
pub const SCENE: Scene = Scene { id: "x", title: "x", about: "x", view };
fn view(_c: &mut Controls<'_>) -> View {
    View::default()
}
