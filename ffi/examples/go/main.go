// A gateway in Go: reads messages (lines) from standard input and prints what is in each. Exit status
// 0 when nothing was found, 1 with findings, 2 on an error.
//
//	printf 'card 4111 1111 1111 1111\n' | go run .
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	found, err := run(os.Stdin, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	case found > 0:
		os.Exit(1)
	}
}

// run inspects every line, and returns how many findings there were.
func run(input io.Reader, output io.Writer) (int, error) {
	database, err := Builtin()
	if err != nil {
		return 0, err
	}
	inspector, err := NewInspector(database)
	if err != nil {
		return 0, err
	}
	reader := bufio.NewReader(input)
	found := 0
	for number := 1; ; number++ {
		message, err := reader.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return found, err
		}
		if err != nil && len(message) == 0 {
			return found, nil
		}
		findings, complete, failed := inspector.Inspect(bytes.TrimSuffix(message, []byte("\n")))
		if failed != nil {
			return found, failed
		}
		for _, f := range findings {
			fmt.Fprintf(output, "%d: %s (%d) %d..%d\n", number, f.Classifier, f.Confidence, f.Start, f.End)
		}
		if !complete {
			fmt.Fprintf(output, "%d: not inspected to its end\n", number)
			found++
		}
		found += len(findings)
	}
}
