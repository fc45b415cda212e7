//! Where one looks: how the graph's plane lies in the view.

use stepladder_workflow::graph::Flow;

/// A point of the view is `scale` times a point of the graph, plus `x` and `y`; all in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Camera {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) scale: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    /// The smallest rectangle around both.
    pub(super) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// Smallest and largest scale.
const SCALES: (f64, f64) = (0.15, 2.0);
/// The scale down to which all of a very large graph is shown.
const LEAST: f64 = 0.02;
/// One press of a zoom button.
pub(super) const STEP: f64 = 1.25;
/// Room left around what is brought into view.
const ROOM: f64 = 24.0;

impl Default for Camera {
    fn default() -> Self {
        Self { x: 0.0, y: 0.0, scale: 1.0 }
    }
}

impl Camera {
    /// Everything in view, never enlarged; what is smaller than the view stands in the middle, or at the top when the
    /// graph runs down.
    pub(super) fn fit(content: (f64, f64), view: (f64, f64), flow: Flow) -> Self {
        if content.0 <= 0.0 || content.1 <= 0.0 || view.0 <= 0.0 || view.1 <= 0.0 {
            return Self::default();
        }
        let free = (view.0, view.1 - Self::HEAD - Self::FOOT);
        let scale = (free.0 / content.0).min(free.1 / content.1).clamp(LEAST, 1.0);
        Self::placed(content, view, flow, scale)
    }

    /// As [`Self::fit`], but when that is smaller than `least`, larger than it and with `start` in the middle, as far as
    /// there is something beside it to see.
    pub(super) fn readable(
        content: (f64, f64),
        view: (f64, f64),
        flow: Flow,
        least: f64,
        start: Rect,
    ) -> Self {
        let fit = Self::fit(content, view, flow);
        if fit.scale >= least {
            return fit;
        }
        let large = Self::placed(content, view, flow, least * 1.25);
        let scale = large.scale;
        let centred = |from: f64, length: f64, content: f64, head: f64, view: f64| {
            let wanted = head + (view - head) / 2.0 - (from + length / 2.0) * scale;
            wanted.clamp((view - ROOM - content * scale).min(head), head)
        };
        match flow {
            Flow::Right if content.1 * scale > view.1 - Self::HEAD => {
                Self { y: centred(start.y, start.height, content.1, Self::HEAD, view.1), ..large }
            }
            Flow::Down if content.0 * scale > view.0 => {
                Self { x: centred(start.x, start.width, content.0, 0.0, view.0), ..large }
            }
            _ => large,
        }
    }

    fn placed(content: (f64, f64), view: (f64, f64), flow: Flow, scale: f64) -> Self {
        let spare = |view: f64, content: f64| (view - content * scale) / 2.0;
        let (x, y) = (spare(view.0, content.0), spare(view.1, content.1));
        match flow {
            Flow::Right => Self { x: x.max(0.0), y: y.max(Self::HEAD), scale },
            // The triggers stand in the middle of the width.
            Flow::Down => Self { x, y: Self::HEAD, scale },
        }
    }

    /// Room for what lies over the top of the view: a button at the left, the event that is tried at the right.
    const HEAD: f64 = 56.0;
    /// Room for what lies over its foot: the zoom.
    const FOOT: f64 = 48.0;

    /// Zoomed by `factor`, the point (`x`, `y`) of the view staying where it is.
    pub(super) fn zoomed(self, factor: f64, x: f64, y: f64) -> Self {
        // From further away than that one comes nearer only.
        let scale = (self.scale * factor).clamp(SCALES.0.min(self.scale), SCALES.1);
        let real = scale / self.scale;
        Self { x: x - (x - self.x) * real, y: y - (y - self.y) * real, scale }
    }

    /// Moved by so many pixels of the view.
    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// The largest scale at which a view of that size has room for `rect`.
    pub(super) fn room_for(rect: Rect, view: (f64, f64)) -> f64 {
        ((view.0 - 2.0 * ROOM) / rect.width).min((view.1 - 2.0 * ROOM) / rect.height)
    }

    /// Moved by as little as brings `rect` of the graph into a view of that size; its start, when it is larger.
    pub(super) fn showing(self, rect: Rect, view: (f64, f64)) -> Self {
        let shift = |start: f64, length: f64, view: f64| {
            let (low, high) = (ROOM - start, view - ROOM - (start + length));
            if high < low { low } else { 0f64.clamp(low, high) }
        };
        let dx = shift(rect.x * self.scale + self.x, rect.width * self.scale, view.0);
        let dy = shift(rect.y * self.scale + self.y, rect.height * self.scale, view.1);
        self.moved(dx, dy)
    }

    /// Moved by as little as takes `rect` of the graph off `over`, which lies over a view of that size, as long as it stays
    /// wholly within the view; else as it is.
    pub(super) fn clear_of(self, rect: Rect, over: Rect, view: (f64, f64)) -> Self {
        const GAP: f64 = 8.0;
        let (left, top) = (rect.x * self.scale + self.x, rect.y * self.scale + self.y);
        let (width, height) = (rect.width * self.scale, rect.height * self.scale);
        // How far to the left, right, top and bottom it must go.
        let (left_by, right_by) = (left + width + GAP - over.x, over.x + over.width + GAP - left);
        let (up_by, down_by) = (top + height + GAP - over.y, over.y + over.height + GAP - top);
        if left_by <= 0.0 || right_by <= 0.0 || up_by <= 0.0 || down_by <= 0.0 {
            return self;
        }
        let within = |(dx, dy): &(f64, f64)| {
            let (left, top) = (left + dx, top + dy);
            left >= 0.0 && top >= 0.0 && left + width <= view.0 && top + height <= view.1
        };
        [(-left_by, 0.0), (right_by, 0.0), (0.0, -up_by), (0.0, down_by)]
            .into_iter()
            .filter(within)
            .min_by(|one, other| (one.0.abs() + one.1.abs()).total_cmp(&(other.0.abs() + other.1.abs())))
            .map_or(self, |(dx, dy)| self.moved(dx, dy))
    }

    /// The point of the graph below the point (`x`, `y`) of the view.
    pub(super) fn to_graph(self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.x) / self.scale, (y - self.y) / self.scale)
    }

    /// The part of the graph that a view of that size shows.
    pub(super) fn shown(self, view: (f64, f64)) -> Rect {
        let (x, y) = self.to_graph(0.0, 0.0);
        Rect { x, y, width: view.0 / self.scale, height: view.1 / self.scale }
    }

    /// Kept so near that some of the content is always in view.
    pub(super) fn bounded(self, content: (f64, f64), view: (f64, f64)) -> Self {
        const LEAST: f64 = 80.0;
        let bound = |at: f64, content: f64, view: f64| {
            let (low, high) = (LEAST - content * self.scale, view - LEAST);
            if low > high { at } else { at.clamp(low, high) }
        };
        Self { x: bound(self.x, content.0, view.0), y: bound(self.y, content.1, view.1), ..self }
    }
}
