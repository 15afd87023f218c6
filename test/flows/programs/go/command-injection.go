// --- a shell's text is built of the query
package main

import (
	"fmt"
	"net/http"
	"os/exec"
)

func ping(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	out, err := exec.Command("sh", "-c", "ping -c 1 "+host).CombinedOutput() // ! critical command-injection
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	fmt.Println(len(out))
	cmd := exec.CommandContext(r.Context(), "/bin/bash", "-c", fmt.Sprintf("dig %s", host)) // ! critical command-injection
	cmd.Run()
}

// --- arguments of a program
package main

import (
	"net/http"
	"os/exec"
)

func ping(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	if err := exec.CommandContext(r.Context(), "ping", "-c", "1", host).Run(); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
	exec.Command("sh", "-c", `ping -c 1 "$1"`, "--", host).Run()
	exec.Command("/bin/sh", "/opt/app/ping.sh", host).Run()
}

// --- the program itself is chosen
package main

import (
	"net/http"
	"os/exec"
	"strings"

	"github.com/gin-gonic/gin"
)

func run(c *gin.Context) {
	parts := strings.Fields(c.PostForm("cmd"))
	out, err := exec.Command(parts[0], parts[1:]...).Output() // ! high command-injection
	if err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Data(http.StatusOK, "text/plain", out)
}

// --- the program is one of a few
package main

import (
	"net/http"
	"os/exec"

	"github.com/gin-gonic/gin"
)

var tools = map[string]string{"ping": "/bin/ping", "trace": "/usr/bin/traceroute"}

func run(c *gin.Context) {
	tool, ok := tools[c.PostForm("tool")]
	if !ok {
		c.Status(http.StatusBadRequest)
		return
	}
	exec.Command(tool, "example.com").Run()
	var program string
	switch c.Query("kind") {
	case "a":
		program = "/bin/a"
	case "b":
		program = "/bin/b"
	default:
		c.Status(http.StatusBadRequest)
		return
	}
	exec.Command(program).Run()
}

// --- arguments are kept in a slice
package main

import (
	"net/http"
	"os/exec"
	"strconv"
)

type convertRequest struct {
	Width int
	Name  string
}

func convert(w http.ResponseWriter, r *http.Request) {
	width, err := strconv.Atoi(r.FormValue("width"))
	if err != nil {
		http.Error(w, "bad width", http.StatusBadRequest)
		return
	}
	req := convertRequest{Width: width, Name: r.FormValue("name")}
	args := []string{"-c", "convert -resize " + strconv.Itoa(req.Width) + " in.png out.png"}
	exec.Command("bash", args...).Run()
	bad := []string{"-c", "convert in.png " + req.Name} // ! critical command-injection
	exec.Command("bash", bad...).Run()
}

// --- a helper runs what it is given
// file: main.go
package main

import "net/http"

func backup(w http.ResponseWriter, r *http.Request) {
	if err := runShell("tar czf /backup/" + r.FormValue("name") + ".tgz /data"); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

func restart(w http.ResponseWriter, r *http.Request) {
	if err := runShell("systemctl restart app"); err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
	}
}

// file: shell.go
package main

import "os/exec"

func runShell(command string) error {
	return exec.Command("/bin/sh", "-c", command).Run() // ! critical command-injection
}

// --- quoted by a library, checked by a rule, a number
package main

import (
	"net/http"
	"os/exec"
	"regexp"

	"github.com/alessio/shellescape"
	"github.com/kballard/go-shellquote"
)

var hostRule = regexp.MustCompile(`^[a-z0-9.-]+$`)

func ping(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	exec.Command("sh", "-c", "ping -c 1 "+shellescape.Quote(host)).Run()
	exec.Command("sh", "-c", "ping -c 1 "+shellquote.Join(host)).Run()
	if !hostRule.MatchString(host) {
		http.Error(w, "bad host", http.StatusBadRequest)
		return
	}
	exec.Command("sh", "-c", "ping -c 1 "+host).Run()
}

// --- %q is no quoting of a shell
package main

import (
	"fmt"
	"net/http"
	"os/exec"
)

func ping(w http.ResponseWriter, r *http.Request) {
	line := fmt.Sprintf("ping -c %d %q", 1, r.URL.Query().Get("host")) // ! critical command-injection
	exec.Command("sh", "-c", line).Run()
}

// --- over SSH, and through sudo
package main

import (
	"net/http"
	"os/exec"

	"golang.org/x/crypto/ssh"
)

type Runner struct {
	client *ssh.Client
}

func (x *Runner) logs(w http.ResponseWriter, r *http.Request) {
	session, err := x.client.NewSession()
	if err != nil {
		http.Error(w, "failed", http.StatusInternalServerError)
		return
	}
	defer session.Close()
	session.Run("journalctl -u " + r.FormValue("unit")) // ! critical command-injection
	exec.Command("sudo", "sh", "-c", "journalctl -u "+r.FormValue("unit")).Run() // ! critical command-injection
	session.Run("uptime")
}

// --- a message of a queue
package worker

import (
	"encoding/json"
	"os/exec"

	amqp "github.com/rabbitmq/amqp091-go"
)

type job struct {
	Input string `json:"input"`
	Pages int    `json:"pages"`
}

func Consume(ch *amqp.Channel) error {
	msgs, err := ch.Consume("jobs", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for d := range msgs {
		var j job
		if err := json.Unmarshal(d.Body, &j); err != nil {
			d.Nack(false, false)
			continue
		}
		if err := exec.Command("sh", "-c", "pdftotext "+j.Input).Run(); err != nil { // ! critical command-injection
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
	return nil
}

// --- the environment, flags and whole commands are the operator's; what is pasted into a command is a slip
package main

import (
	"flag"
	"os"
	"os/exec"
)

func main() {
	name := flag.String("name", "", "")
	flag.Parse()
	exec.Command("sh", "-c", "echo "+*name).Run() // ! low command-injection
	exec.Command(os.Getenv("EDITOR"), "file").Run()
	exec.Command("sh", "-c", os.Args[1]).Run()
}

// --- a command that is made field by field hands a text of the request to a shell
package main

import (
	"net/http"
	"os/exec"
)

func handler(w http.ResponseWriter, r *http.Request) {
	cmd := &exec.Cmd{Path: "/bin/sh", Args: []string{"sh", "-c", r.FormValue("c")}} // ! critical command-injection
	cmd.Run()
}

// --- such a command without a shell
package main

import (
	"net/http"
	"os/exec"
)

func handler(w http.ResponseWriter, r *http.Request) {
	cmd := &exec.Cmd{Path: "/bin/echo", Args: []string{"echo", r.FormValue("c")}}
	cmd.Run()
}

// --- such a command with a script of its own, which is given the text
package main

import (
	"net/http"
	"os/exec"
)

func handler(w http.ResponseWriter, r *http.Request) {
	cmd := &exec.Cmd{Path: "/bin/sh", Args: []string{"sh", "-c", "echo $1", "sh", r.FormValue("c")}}
	cmd.Run()
}

// --- arguments and the input of a shell that are given later
package main

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

func appended(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("bash")
	cmd.Args = append(cmd.Args, "-c", "ls "+r.FormValue("dir")) // ! critical command-injection
	cmd.Run()
}

func positional(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("bash")
	cmd.Args = append(cmd.Args, "-c", `ls -- "$1"`, "bash", r.FormValue("dir"))
	cmd.Run()
}

func read(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("sh")
	cmd.Stdin = strings.NewReader("ls " + r.FormValue("dir")) // ! critical command-injection
	cmd.Run()
}

func given(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("sh", "-c", "cat | wc -l")
	cmd.Stdin = strings.NewReader(r.FormValue("text"))
	cmd.Run()
	sorted := exec.Command("sort")
	sorted.Stdin = strings.NewReader(r.FormValue("text"))
	sorted.Run()
}

func replaced(w http.ResponseWriter, r *http.Request) {
	syscall.Exec("/bin/sh", []string{"sh", "-c", "ls " + r.FormValue("dir")}, os.Environ()) // ! critical command-injection
	syscall.Exec("/bin/ls", []string{"ls", "--", r.FormValue("dir")}, os.Environ())
}
