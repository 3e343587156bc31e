package main

/*
#cgo pkg-config: sluicegate
#include <stdlib.h>
#include <sluicegate.h>
*/
import "C"

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"unsafe"
)

// Stream passes a text on by a policy, as the text comes. One goroutine uses it at a time.
type Stream struct {
	handle  *C.sg_stream
	scratch *C.sg_scratch
	result  *C.sg_result
}

// NewStream guards output of a model with a database and a policy (TOML). The stream keeps both.
func NewStream(database *Database, policy string) (*Stream, error) {
	defer runtime.KeepAlive(database)
	text := C.CString(policy)
	defer C.free(unsafe.Pointer(text))
	var fault *C.sg_error
	var guard *C.sg_guard
	status := C.sg_guard_new(database.handle, text, C.size_t(len(policy)), nil, 0, &guard, &fault)
	if status != C.SG_STATUS_OK {
		return nil, failure(fault)
	}
	defer C.sg_guard_free(guard)
	stream := new(Stream)
	runtime.SetFinalizer(stream, func(s *Stream) {
		C.sg_stream_free(s.handle)
		C.sg_result_free(s.result)
		C.sg_scratch_free(s.scratch)
	})
	request := C.sg_request{size: C.sizeof_sg_request, channel: C.SG_CHANNEL_OUTPUT, form: C.SG_FORM_TEXT}
	if C.sg_stream_new_guarded(guard, nil, &request, &stream.handle, &fault) != C.SG_STATUS_OK ||
		C.sg_scratch_new(&stream.scratch, &fault) != C.SG_STATUS_OK ||
		C.sg_result_new(&stream.result, &fault) != C.SG_STATUS_OK {
		return nil, failure(fault)
	}
	return stream, nil
}

// released copies what the last call has released.
func (s *Stream) released() []byte {
	// This can't fail: a guard has filled the result and the places are there.
	var bytes *C.uint8_t
	var length C.size_t
	C.sg_result_text(s.result, &bytes, &length)
	return append([]byte(nil), unsafe.Slice((*byte)(bytes), int(length))...)
}

// Push takes the next bytes, and returns what can be passed on.
func (s *Stream) Push(piece []byte) ([]byte, error) {
	defer runtime.KeepAlive(s)
	if len(piece) == 0 {
		return nil, nil
	}
	var fault *C.sg_error
	first := (*C.uint8_t)(unsafe.Pointer(&piece[0]))
	if C.sg_stream_push(s.handle, s.scratch, first, C.size_t(len(piece)), s.result, &fault) != C.SG_STATUS_OK {
		return nil, failure(fault)
	}
	return s.released(), nil
}

// Finish takes the end of the text. It returns the rest, the verdict as JSON, and whether all has
// passed as it came.
func (s *Stream) Finish() ([]byte, string, bool, error) {
	defer runtime.KeepAlive(s)
	var fault *C.sg_error
	if C.sg_stream_finish(s.handle, s.scratch, s.result, &fault) != C.SG_STATUS_OK {
		return nil, "", false, failure(fault)
	}
	// These can't fail: the stream has just filled the result.
	var verdict C.sg_verdict
	var json *C.char
	C.sg_result_verdict(s.result, &verdict)
	C.sg_result_verdict_json(s.result, &json)
	return s.released(), C.GoString(json), verdict.action < C.SG_ACTION_REDACT, nil
}

// guard passes the input on by a policy, and tells the verdict. It returns whether all has passed as
// it came. What is held back of a text that breaks off is not passed on.
func guard(policy string, input io.Reader, output, verdict io.Writer) (bool, error) {
	database, err := Builtin()
	if err != nil {
		return false, err
	}
	stream, err := NewStream(database, policy)
	if err != nil {
		return false, err
	}
	piece := make([]byte, 4096)
	for {
		got, end := input.Read(piece)
		released, err := stream.Push(piece[:got])
		if err == nil {
			_, err = output.Write(released)
		}
		if err != nil {
			return false, err
		}
		if errors.Is(end, io.EOF) {
			break
		}
		if end != nil {
			return false, end
		}
	}
	rest, json, passed, err := stream.Finish()
	if err != nil {
		return false, err
	}
	fmt.Fprintln(verdict, json)
	_, err = output.Write(rest)
	return passed, err
}
