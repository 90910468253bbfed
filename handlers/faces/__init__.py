"""Faces: workbook and papers, drawn from the journal."""
