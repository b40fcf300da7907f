// Prints what kstatus makes of objects: one JSON document per line on standard input, one answer per line on standard output.
package main

import (
	"bufio"
	gojson "encoding/json"
	"fmt"
	"os"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

type kstatusAnswer struct {
	Status  string `json:"status,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`
	Error   string `json:"error,omitempty"`
}

type answer struct {
	Now     int64         `json:"now"`
	Kstatus kstatusAnswer `json:"kstatus"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := gojson.NewEncoder(out)
	for in.Scan() {
		object := &unstructured.Unstructured{}
		// The decoder of the API machinery, which tells integers from fractions, without its checks: an object without a kind is a case too.
		if err := json.Unmarshal(in.Bytes(), &object.Object); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		_ = encoder.Encode(answer{time.Now().UnixMilli(), ofKstatus(object)})
	}
}

func ofKstatus(object *unstructured.Unstructured) (given kstatusAnswer) {
	// The library asserts types of containers without asking first.
	defer func() {
		if problem := recover(); problem != nil {
			given = kstatusAnswer{Error: fmt.Sprint("panic: ", problem)}
		}
	}()
	result, err := status.Compute(object)
	if err != nil {
		return kstatusAnswer{Error: err.Error()}
	}
	given = kstatusAnswer{Status: result.Status.String(), Message: result.Message}
	for _, condition := range result.Conditions {
		given.Reason = condition.Reason
	}
	return given
}
