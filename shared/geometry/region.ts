/** A closed outline: xy pairs, mm, the last point not repeated. Counter-clockwise outside, clockwise for a hole. */
export type Contour = Float64Array

/** Closed contours that don't cross: each outer (counter-clockwise) followed or preceded by its holes (clockwise), in any order. */
export type Region = readonly Contour[]

/** An open line: xy pairs, mm. */
export type Polyline = Float64Array
