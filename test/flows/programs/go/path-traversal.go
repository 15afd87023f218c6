// --- net/http: a file of a folder by its name in the query
package main

import (
	"net/http"
	"os"
	"path/filepath"
)

const dataDir = "/var/lib/app/data"

func download(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("file")
	data, err := os.ReadFile(filepath.Join(dataDir, name)) // ! high path-traversal
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(data)
}

// --- net/http: only the last part of the name
package main

import (
	"net/http"
	"os"
	"path/filepath"
)

const dataDir = "/var/lib/app/data"

func download(w http.ResponseWriter, r *http.Request) {
	name := filepath.Base(r.URL.Query().Get("file"))
	data, err := os.ReadFile(filepath.Join(dataDir, name))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(data)
}

// --- filepath.IsLocal, os.OpenRoot, os.DirFS
package main

import (
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

func local(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if !filepath.IsLocal(name) {
		http.Error(w, "bad name", http.StatusBadRequest)
		return
	}
	http.ServeFile(w, r, filepath.Join("/srv/files", name))
}

func rooted(w http.ResponseWriter, r *http.Request) {
	root, err := os.OpenRoot("/srv/files")
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	defer root.Close()
	f, err := root.Open(r.PathValue("name"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	io.Copy(w, f)
}

func fsys(w http.ResponseWriter, r *http.Request) {
	data, err := fs.ReadFile(os.DirFS("/srv/files"), r.PathValue("name"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Write(data)
}

// --- the cleaned path is compared with the folder
package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

var base = "/srv/files"

func serve(w http.ResponseWriter, r *http.Request) {
	full := filepath.Join(base, r.URL.Query().Get("p"))
	if !strings.HasPrefix(full, base+string(os.PathSeparator)) {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	f, err := os.Open(full)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
}

// --- the way from the folder must not lead upwards
package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

var base = "/srv/files"

func serve(w http.ResponseWriter, r *http.Request) {
	full := filepath.Join(base, r.URL.Query().Get("p"))
	rel, err := filepath.Rel(base, full)
	if err != nil || strings.HasPrefix(rel, "..") {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	f, err := os.Open(full)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
}

// --- Clean alone keeps nothing out
package main

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
)

func serve(w http.ResponseWriter, r *http.Request) {
	name := filepath.Clean(r.URL.Query().Get("p"))
	f, err := os.Open("/srv/files/" + name) // ! high path-traversal
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
}

func remove(w http.ResponseWriter, r *http.Request) {
	if err := os.Remove(path.Join("/srv/files", r.FormValue("p"))); err != nil { // ! high path-traversal
		http.NotFound(w, r)
	}
}

// --- Clean below a slash does
package main

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
)

func serve(w http.ResponseWriter, r *http.Request) {
	name := filepath.Clean("/" + r.URL.Query().Get("p"))
	f, err := os.Open(filepath.Join("/srv/files", name))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	os.Remove("/srv/files" + path.Join("/", r.FormValue("p")))
}

// --- gin: an upload into a folder that the form names
package handlers

import (
	"net/http"
	"path/filepath"

	"github.com/gin-gonic/gin"
)

type Uploads struct {
	dir string
}

func (u *Uploads) Create(c *gin.Context) {
	file, err := c.FormFile("file")
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "no file"})
		return
	}
	dst := filepath.Join(u.dir, c.PostForm("folder"), file.Filename)
	if err := c.SaveUploadedFile(file, dst); err != nil { // ! high path-traversal
		c.JSON(http.StatusInternalServerError, gin.H{"error": "not saved"})
		return
	}
	c.Status(http.StatusCreated)
}

// --- gin: an upload under a name of its own
package handlers

import (
	"net/http"
	"path/filepath"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

type Uploads struct {
	dir string
}

func (u *Uploads) Create(c *gin.Context) {
	file, err := c.FormFile("file")
	if err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": "no file"})
		return
	}
	dst := filepath.Join(u.dir, uuid.NewString()+filepath.Ext(file.Filename))
	if err := c.SaveUploadedFile(file, dst); err != nil {
		c.JSON(http.StatusInternalServerError, gin.H{"error": "not saved"})
		return
	}
	c.Status(http.StatusCreated)
}

// --- echo, fiber: files by a parameter
package handlers

import (
	"path/filepath"

	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

func echoFile(c echo.Context) error {
	return c.File(filepath.Join("static", c.QueryParam("name"))) // ! high path-traversal
}

func fiberFile(c *fiber.Ctx) error {
	return c.SendFile("./static/" + c.Query("name")) // ! high path-traversal
}

func echoBase(c echo.Context) error {
	return c.Attachment(filepath.Join("static", filepath.Base(c.QueryParam("name"))), "report.pdf")
}

func fiberFixed(c *fiber.Ctx) error {
	return c.SendFile("./static/index.html")
}

// --- a zip archive is unpacked
package unpack

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
)

func Unzip(src, dest string) error {
	r, err := zip.OpenReader(src)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, f := range r.File {
		target := filepath.Join(dest, f.Name)
		if f.FileInfo().IsDir() {
			os.MkdirAll(target, 0o755) // ! medium path-traversal
			continue
		}
		out, err := os.Create(target) // ! medium path-traversal
		if err != nil {
			return err
		}
		in, err := f.Open()
		if err != nil {
			return err
		}
		io.Copy(out, in)
		out.Close()
		in.Close()
	}
	return nil
}

// --- a zip archive is unpacked, and each name is checked
package unpack

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func Unzip(src, dest string) error {
	r, err := zip.OpenReader(src)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, f := range r.File {
		target := filepath.Join(dest, f.Name)
		if !strings.HasPrefix(target, filepath.Clean(dest)+string(os.PathSeparator)) {
			return fmt.Errorf("bad name %q", f.Name)
		}
		if f.FileInfo().IsDir() {
			os.MkdirAll(target, 0o755)
			continue
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		out, err := os.OpenFile(target, os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			return err
		}
		out.Close()
	}
	return nil
}

// --- a tar archive is unpacked by helpers
package unpack

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
)

func Untar(body io.Reader, dest string) error {
	gz, err := gzip.NewReader(body)
	if err != nil {
		return err
	}
	tr := tar.NewReader(gz)
	for {
		header, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch header.Typeflag {
		case tar.TypeDir:
			if err := os.MkdirAll(filepath.Join(dest, header.Name), 0o755); err != nil { // ! medium path-traversal
				return err
			}
		case tar.TypeReg:
			if err := write(filepath.Join(dest, header.Name), tr); err != nil {
				return err
			}
		case tar.TypeSymlink:
			if err := os.Symlink(header.Linkname, filepath.Join(dest, filepath.Base(header.Name))); err != nil { // ! medium path-traversal
				return err
			}
		}
	}
}

func write(name string, r io.Reader) error {
	f, err := os.Create(name) // ! medium path-traversal
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

// --- a tar archive: names that are not local are left out
package unpack

import (
	"archive/tar"
	"io"
	"os"
	"path/filepath"
)

func Untar(body io.Reader, dest string) error {
	tr := tar.NewReader(body)
	for {
		header, err := tr.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if !filepath.IsLocal(header.Name) {
			continue
		}
		f, err := os.Create(filepath.Join(dest, header.Name))
		if err != nil {
			return err
		}
		io.Copy(f, tr)
		f.Close()
	}
}

// --- numbers, tokens and fixed lists as names
package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
)

var nameRule = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
var formats = []string{"csv", "json"}

func byNumber(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		http.Error(w, "bad id", http.StatusBadRequest)
		return
	}
	http.ServeFile(w, r, filepath.Join("reports", fmt.Sprintf("%d.pdf", id)))
}

func byRule(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "name")
	if !nameRule.MatchString(name) {
		http.Error(w, "bad name", http.StatusBadRequest)
		return
	}
	http.ServeFile(w, r, filepath.Join("reports", name+".pdf"))
}

func byList(w http.ResponseWriter, r *http.Request) {
	format := r.URL.Query().Get("format")
	if !slices.Contains(formats, format) {
		http.Error(w, "bad format", http.StatusBadRequest)
		return
	}
	os.ReadFile("reports/latest." + format)
}

func byRefusal(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	if strings.Contains(name, "..") || strings.ContainsAny(name, `/\`) {
		http.Error(w, "bad name", http.StatusBadRequest)
		return
	}
	os.ReadFile("reports/" + name)
}

// --- escaped for HTML, used as a path; dots taken out once
package main

import (
	"html"
	"net/http"
	"os"
	"strings"
)

func page(w http.ResponseWriter, r *http.Request) {
	name := html.EscapeString(r.URL.Query().Get("page"))
	data, err := os.ReadFile("pages/" + name) // ! high path-traversal
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_ = data
	again := strings.ReplaceAll(r.URL.Query().Get("again"), "../", "")
	os.ReadFile("pages/" + again) // ! high path-traversal
}

// --- a store behind an interface, in another package
// file: api/files.go
package api

import (
	"encoding/json"
	"net/http"
)

type Store interface {
	Put(name string, data []byte) error
}

type API struct {
	store Store
}

type putRequest struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

func (a *API) put(w http.ResponseWriter, r *http.Request) {
	var req putRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
		http.Error(w, "bad body", http.StatusBadRequest)
		return
	}
	if err := a.store.Put(req.Name, req.Data); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

// file: disk/disk.go
package disk

import (
	"os"
	"path/filepath"
)

type Disk struct {
	Root string
}

func (d *Disk) Put(name string, data []byte) error {
	return os.WriteFile(filepath.Join(d.Root, name), data, 0o600) // ! high path-traversal
}

// --- a configuration that the operator names is no request
package main

import (
	"flag"
	"net/http"
	"os"
)

func main() {
	path := flag.String("config", "config.yml", "")
	flag.Parse()
	os.ReadFile(*path)
	os.ReadFile(os.Getenv("APP_CONFIG"))
	os.ReadFile(os.Args[1])
	http.ListenAndServe(":8080", nil)
}

// --- the group of a match is what its pattern lets through
package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
)

var filePath = regexp.MustCompile(`^/file/([-_A-Za-z0-9]{1,64})(?:\.[a-z]+)?$`)
var anyPath = regexp.MustCompile(`^/any/(.+)$`)

func handler(w http.ResponseWriter, r *http.Request) {
	matches := filePath.FindStringSubmatch(r.URL.Path)
	if len(matches) != 2 {
		http.NotFound(w, r)
		return
	}
	http.ServeFile(w, r, filepath.Join("/srv/files", matches[1]))
	found := anyPath.FindStringSubmatch(r.URL.Path)
	if len(found) != 2 {
		http.NotFound(w, r)
		return
	}
	os.ReadFile(filepath.Join("/srv/files", found[1])) // ! high path-traversal
}

// --- other calls that go to a folder
package main

import (
	"net/http"
	"os"
)

func enter(w http.ResponseWriter, r *http.Request) {
	os.Chdir("/srv/" + r.FormValue("folder")) // ! high path-traversal
}

func list(w http.ResponseWriter, r *http.Request) {
	root, err := os.OpenRoot("/srv")
	if err != nil {
		http.Error(w, "no folder", http.StatusInternalServerError)
		return
	}
	root.Open(r.FormValue("file"))
}

// --- what is written to a file does not name it
package main

import (
	"io"
	"net/http"
	"os"
)

func save(r io.Reader) (string, error) {
	file, err := os.CreateTemp("", "import")
	if err != nil {
		return "", err
	}
	if _, err = io.Copy(file, r); err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}

func load(w http.ResponseWriter, r *http.Request) {
	name, err := save(r.Body)
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	defer os.Remove(name)
	os.Remove(r.FormValue("other")) // ! high path-traversal
}

// --- gin: a decoder fills no field that is not exported
package main

import (
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

type Settings struct {
	path string
	Name string `json:"name"`
}

func (s *Settings) save() error {
	return os.WriteFile(s.path, []byte(s.Name), 0o600)
}

func update(c *gin.Context) {
	settings := &Settings{}
	if err := c.BindJSON(settings); err != nil {
		return
	}
	if err := settings.save(); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

func main() {
	r := gin.New()
	r.PUT("/settings", update)
	r.Run()
}

// --- gin: one that is exported
package main

import (
	"net/http"
	"os"

	"github.com/gin-gonic/gin"
)

type Settings struct {
	Path string
	Name string `json:"name"`
}

func (s *Settings) save() error {
	return os.WriteFile(s.Path, []byte(s.Name), 0o600) // ! high path-traversal
}

func update(c *gin.Context) {
	settings := &Settings{}
	if err := c.BindJSON(settings); err != nil {
		return
	}
	if err := settings.save(); err != nil {
		c.Status(http.StatusInternalServerError)
	}
}

func main() {
	r := gin.New()
	r.PUT("/settings", update)
	r.Run()
}

// --- gin: one that is not exported, and given what a decoder filled
package main

import (
	"os"

	"github.com/gin-gonic/gin"
)

type settings struct{ path string }

func (s settings) save() error {
	return os.WriteFile(s.path, nil, 0o600) // ! high path-traversal
}

func update(c *gin.Context) {
	var body struct{ Path string }
	if err := c.BindJSON(&body); err != nil {
		return
	}
	settings{path: body.Path}.save()
}

func main() {
	r := gin.New()
	r.PUT("/settings", update)
	r.Run()
}

// --- the name of a file of an archive: the last part of it, and all of it
package main

import (
	"archive/zip"
	"os"
	"path/filepath"
)

func unpack(to string, zf *zip.File) error {
	fi := zf.FileInfo()
	return os.Mkdir(filepath.Join(to, fi.Name()), 0o755)
}

func unpackWhole(to string, zf *zip.File) error {
	return os.Mkdir(filepath.Join(to, zf.Name), 0o755) // ! medium path-traversal
}

func unpackAll(to string, zr *zip.Reader) {
	for _, zf := range zr.File {
		_ = unpack(to, zf)
		_ = unpackWhole(to, zf)
	}
}

// --- A function of AWS Lambda is given the request as a struct.
package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

type input struct {
	Report string `json:"report"`
}

func handle(ctx context.Context, req events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	var in input
	if err := json.Unmarshal([]byte(req.Body), &in); err != nil {
		return events.APIGatewayProxyResponse{StatusCode: 400}, nil
	}
	data, err := os.ReadFile("/opt/reports/" + in.Report) // ! high path-traversal
	return events.APIGatewayProxyResponse{StatusCode: 200, Body: string(data)}, err
}

func main() { lambda.Start(handle) }

// --- Only a name without folders is taken from it.
package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, req events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	name := req.PathParameters["report"]
	if !filepath.IsLocal(name) {
		return events.APIGatewayProxyResponse{StatusCode: 400}, nil
	}
	data, err := os.ReadFile(filepath.Join("/opt/reports", name))
	return events.APIGatewayProxyResponse{StatusCode: 200, Body: string(data)}, err
}

func main() { lambda.Start(handle) }
