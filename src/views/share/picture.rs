use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use crate::files;

/// Pixels for each of the drawing's, so that it is sharp on paper too.
const SCALE: f64 = 2.0;
/// Larger pictures are refused by some browsers; in pixels of a side.
const MOST: f64 = 8_000.0;

/// The drawing painted; `None`: the browser cannot.
pub(super) async fn png(svg: &str) -> Option<Blob> {
    let url = Url::create_object_url_with_blob(&files::blob(svg.as_bytes(), "image/svg+xml").ok()?).ok()?;
    let painted = paint(&url).await;
    let _ = Url::revoke_object_url(&url);
    painted
}

async fn paint(url: &str) -> Option<Blob> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = SCALE.min(MOST / width.max(height).max(1.0));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    let _ = context.draw_image_with_html_image_element_and_dw_and_dh(
        &image,
        0.0,
        0.0,
        width * scale,
        height * scale,
    );
    let blob = JsFuture::from(Promise::new(&mut |resolve, _| {
        let _ = canvas.to_blob(&resolve);
    }));
    blob.await.ok()?.dyn_into().ok()
}
