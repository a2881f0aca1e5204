"""Pictures in pixels: the same panels as in cells, drawn as shapes on a sheet and written as SVG, PNG or GIF."""
