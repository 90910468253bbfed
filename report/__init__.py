"""The papers: Laporan Analisis, Lembar Disposisi, Laporan Hasil Penanganan, Laporan Akhir, Berita Acara."""
