//! Parts of a difference.
