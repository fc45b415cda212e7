//! What may wait until the browser has painted, so that what answers a person is not kept waiting by it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{
    TimeoutHandle, request_idle_callback_with_handle, set_timeout_with_handle,
};
use leptos::prelude::*;

use crate::storage;

/// How long a frame takes from its beginning until it is drawn.
const DRAWN: Duration = Duration::from_millis(16);
/// Who does something again within this time is on the way to something else, in milliseconds.
pub(crate) const QUICK: f64 = 180.0;
/// How long somebody rests who was quick: longer than [`QUICK`], or what is done then would be in the way of what comes next.
pub(crate) const QUIET: Duration = Duration::from_millis(200);
/// How long somebody rests who has arrived.
const REST: Duration = Duration::from_millis(120);
/// How long somebody rests who does nothing more for a while.
const LONG_REST: Duration = Duration::from_millis(320);

/// Does something after the next frame has been painted, and drawn: what is done as soon as it is painted is in the way
/// of its drawing.
pub(crate) fn after_paint(run: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(run, DRAWN));
}

type Waiting = Rc<Cell<Option<Box<dyn FnOnce()>>>>;

thread_local! {
    /// What waits for a frame and for nothing that a person does.
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// As [`after_paint`], but before somebody does something else, as [`hurry`] tells: for what they would act on.
pub(crate) fn after_paint_or_hurry(run: impl FnOnce() + 'static) {
    let waiting: Waiting = Rc::new(Cell::new(Some(Box::new(run))));
    WAITING.with_borrow_mut(|all| all.push(Rc::clone(&waiting)));
    after_paint(move || {
        if let Some(run) = waiting.take() {
            run();
        }
    });
}

/// Does what [`after_paint_or_hurry`] has not done yet. `false`: nothing has waited.
pub(crate) fn hurry() -> bool {
    let waiting = WAITING.take();
    waiting.iter().filter_map(|waiting| waiting.take()).map(|run| run()).count() > 0
}

/// Follows `source` after the next frame; when it changes in quick succession, once that has come to rest.
pub(crate) fn settled<T: Clone + PartialEq + Send + Sync + 'static>(source: Memo<T>) -> ReadSignal<T> {
    follow(source, QUICK, QUIET)
}

/// Follows `source` after the next frame.
pub(crate) fn painted<T: Clone + PartialEq + Send + Sync + 'static>(source: Memo<T>) -> ReadSignal<T> {
    follow(source, f64::NEG_INFINITY, REST)
}

/// Follows `source` once it has come to rest.
pub(crate) fn rested<T: Clone + PartialEq + Send + Sync + 'static>(source: Memo<T>) -> ReadSignal<T> {
    follow(source, f64::INFINITY, REST)
}

/// Follows `source` once it has been at rest for a while.
pub(crate) fn long_rested<T: Clone + PartialEq + Send + Sync + 'static>(source: Memo<T>) -> ReadSignal<T> {
    follow(source, f64::INFINITY, LONG_REST)
}

fn follow<T: Clone + PartialEq + Send + Sync + 'static>(
    source: Memo<T>,
    quick: f64,
    rest: Duration,
) -> ReadSignal<T> {
    let (settled, set) = signal(source.get_untracked());
    let last = StoredValue::new(0.0);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |begun: Option<()>| {
        source.track();
        if begun.is_none() {
            return;
        }
        let now = storage::now();
        let is_quick = now - last.get_value() < quick;
        last.set_value(now);
        timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
        let follow = move || {
            let Some(value) = source.try_get_untracked() else { return };
            // Two changes within a frame are followed once: nothing is built again for the second.
            if settled.try_with_untracked(|settled| *settled != value) == Some(true) {
                let _ = set.try_set(value);
            }
        };
        if is_quick {
            timer.set_value(set_timeout_with_handle(follow, rest).ok());
        } else {
            after_paint(follow);
        }
    });
    settled
}

/// How many of a long list are built: `group` at once, and as many more whenever the browser has nothing else to do,
/// until `until`; then `end`.
pub(crate) fn growing(group: usize, until: usize, end: usize) -> RwSignal<usize> {
    let built = RwSignal::new(group);
    grow(built, group, until, end);
    built
}

/// Does something when the browser has nothing else to do; without delay in a browser that cannot tell.
pub(crate) fn when_idle(run: impl FnOnce() + 'static) {
    let run = Rc::new(Cell::new(Some(run)));
    let once = {
        let run = Rc::clone(&run);
        move || {
            if let Some(run) = run.take() {
                run();
            }
        }
    };
    if request_idle_callback_with_handle(once.clone()).is_err() {
        set_timeout(once, Duration::ZERO);
    }
}

fn grow(built: RwSignal<usize>, group: usize, until: usize, end: usize) {
    when_idle(move || {
        let Some(now) = built.try_get_untracked() else { return };
        if now + group >= until {
            built.set(end);
        } else {
            built.set(now + group);
            grow(built, group, until, end);
        }
    });
}
