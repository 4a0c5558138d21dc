//! Affine maps of the plane, as content streams state them.

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    /// Leaves every point where it is.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Moves by `x` and `y`.
    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The map that applies `self` first and `next` second.
    #[expect(clippy::many_single_char_names, reason = "as the format names them")]
    pub(super) fn then(&self, next: &Self) -> Self {
        let ([a, b, c, d, e, f], [na, nb, nc, nd, ne, nf]) = (self.0, next.0);
        Self([
            a * na + b * nc,
            a * nb + b * nd,
            c * na + d * nc,
            c * nb + d * nd,
            e * na + f * nc + ne,
            e * nb + f * nd + nf,
        ])
    }

    /// Where a point comes to lie.
    #[expect(clippy::many_single_char_names, reason = "as the format names them")]
    pub(super) fn apply(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Length of a step of 1 along x.
    pub(super) fn x_scale(&self) -> f64 {
        let [a, b, ..] = self.0;
        a.hypot(b)
    }

    /// Length of a step of 1 along y.
    pub(super) fn y_scale(&self) -> f64 {
        let [_, _, c, d, ..] = self.0;
        c.hypot(d)
    }

    /// Direction of x against the clock, in degrees.
    pub(super) fn degrees(&self) -> f64 {
        let [a, b, ..] = self.0;
        b.atan2(a).to_degrees()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_apply_one_after_the_other() {
        let turn = Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]);
        let both = Matrix::shift(2.0, 0.0).then(&turn);
        assert_eq!(both.apply((1.0, 0.0)), (0.0, 3.0));
        assert!((both.degrees() - 90.0).abs() < 1e-9);
    }
}
