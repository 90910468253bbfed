"""Who writes and who decides in tests. Nobody in it is real; the demonstration has people of its own."""

from __future__ import annotations

OFFICE = "darurat@contoh.example"
HELPDESK, KOORDINATOR = "helpdesk@contoh.example", "koordinator@contoh.example"
KABID, SEKRETARIS, KADIS = "kabid@contoh.example", "sekretaris@contoh.example", "kadis@contoh.example"
JARINGAN, APLIKASI = "tim.jaringan@contoh.example", "tim.aplikasi@contoh.example"
OFFICIALS = (HELPDESK, KOORDINATOR, KABID, SEKRETARIS, JARINGAN, APLIKASI, KADIS)
DINKES, DISDIK, SAMSAT = "dinkes@contoh.example", "disdik@contoh.example", "samsat@contoh.example"
ADDRESSES = (OFFICE, *OFFICIALS, DINKES, DISDIK, SAMSAT)
"""Whoever has a mailbox in a town."""

PASSWORD = "peragaan"
USERS = dict.fromkeys(ADDRESSES, PASSWORD)

PEOPLE = f"""\
pejabat:
  - {{kode: helpdesk, peran: helpdesk, nama: "Dedi Kurniadi, A.Md.", jabatan: Petugas Helpdesk, surel: {HELPDESK}}}
  - {{kode: koordinator, peran: koordinator, nama: "Fitria Anggraini, S.T.", jabatan: Koordinator Helpdesk, nip: "198503122010012004", surel: {KOORDINATOR}}}
  - {{kode: kabid, peran: kabid, nama: "Yuliandri Putra, S.Kom., M.T.", jabatan: Kepala Bidang Aplikasi Informatika, nip: "197801012005011003", surel: {KABID}}}
  - {{kode: tim_jaringan, peran: tim_teknis, nama: "Rahmat Febrian, S.Kom.", jabatan: Tim Teknis Jaringan, nip: "199002142015031002", unit: jaringan, surel: {JARINGAN}}}
  - {{kode: tim_aplikasi, peran: tim_teknis, nama: "Welly Oktaviani, M.Kom.", jabatan: Tim Teknis Aplikasi, nip: "198907212014022001", unit: aplikasi, surel: {APLIKASI}}}
  - {{kode: kadis, peran: kadis, nama: "Ir. Rinaldo Firmandes, M.Si", jabatan: Kepala Dinas, nip: "196905101994031005", surel: {KADIS}}}

wakil:
  - kode: plh_kabid
    peran: kabid
    sebutan: Plh
    nama: "Dra. Elmiwati Sikumbang, M.M."
    nip: "197104081996032002"
    jabatan: Kepala Bidang Aplikasi Informatika
    surel: {SEKRETARIS}
    surat_perintah: 800/118/SP/2026
    mulai: 2020-01-01
    sampai: 2099-12-31
"""
