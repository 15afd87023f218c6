module example.org/files

go 1.24
