package main

import (
	"crypto/tls"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"example.org/files/internal/share"
)

const root = "/srv/files"

func download(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	file, err := os.Open(filepath.Join(root, name)) // ! high path-traversal
	if err != nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	defer file.Close()
	http.ServeContent(w, r, filepath.Base(name), time.Time{}, file)
}

func newClient() *http.Client {
	return &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}, // ! high tls-verification-off
	}
}

func main() {
	http.HandleFunc("GET /download", download)
	http.HandleFunc("POST /share", share.Create(newClient()))
	log.Fatal(http.ListenAndServe(":8080", nil)) // ! medium server-without-timeouts // ! low no-graceful-shutdown
}
