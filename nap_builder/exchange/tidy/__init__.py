"""The plan as a spreadsheet (XLSX), out and in again: a workbook holds what nap-plan/1 says, row by row."""
