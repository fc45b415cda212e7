//! What tabs of this browser tell each other about drafts.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "stepladder.drafts";

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum News {
    /// Drafts were saved or deleted.
    Changed,
    /// Another tab wants to go on with the draft of that id: whoever has it saves and lets go.
    Wanted(String),
}

thread_local! {
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new(NAME).ok();
}

/// Tells the other tabs.
pub(crate) fn tell(news: &News) {
    let Ok(json) = serde_json::to_string(news) else { return };
    CHANNEL.with(|channel| channel.as_ref().map(|channel| channel.post_message(&json.into())));
}

/// Hears what other tabs tell, as long as the page lives.
pub(crate) fn listen(heard: impl Fn(News) + 'static) {
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let news = event.data().as_string().and_then(|json| serde_json::from_str(&json).ok());
        news.into_iter().for_each(&heard);
    });
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
    });
    listener.forget();
}
