//! Spends spare room: wider gutters up to the target width, then looser rows up to a pleasant proportion.

use super::layout::Layout;
use super::row::SWEEPS;

/// Height of a picture against its width that rows are loosened to.
const PROPORTION: f64 = 0.56;

impl Layout<'_> {
    pub(super) fn breathe(&mut self) {
        let gutters: f64 = self.gutters.iter().map(|g| g.width).sum();
        let wider = (1.0 + (self.settings.width - self.size.0) / gutters.max(1.0)).clamp(0.9, 1.75);
        self.air.track *= wider;
        self.air.stub *= wider;
        let tallest = (0..self.columns.len()).max_by(|&a, &b| self.packed(a).total_cmp(&self.packed(b)));
        let gaps: f64 = tallest.map_or(0.0, |c| self.columns[c].windows(2).map(|w| self.gap(w[0], w[1])).sum());
        let width = self.size.0 + gutters * (wider - 1.0);
        let looser = (1.0 + (width * PROPORTION - self.size.1) / gaps.max(1.0)).clamp(1.0, 3.0);
        self.air.boxes *= looser;
        self.air.link *= looser.min(1.9);
        self.air.lane_box *= looser.min(1.6);
        self.air.lane *= looser.min(1.4);
        self.settle_down(SWEEPS.0);
    }

    /// Heights, tracks and coordinates from the order.
    pub(super) fn settle_down(&mut self, sweeps: usize) {
        self.place(sweeps);
        self.assign_tracks();
        self.coordinates();
    }
}
