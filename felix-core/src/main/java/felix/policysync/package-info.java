/**
 * Felix's policy sync API: programs beside a workload, such as Dikastes, are told over a Unix
 * socket which policy applies to that workload. gRPC, service {@code felix.PolicySync}; messages as
 * Felix v3.14 sends them (projectcalico/felix v3.14.0, proto/felixbackend.proto).
 *
 * <p>Two threads: {@code policy-sync} has all state and talks to the clients, {@code
 * policy-sync-sockets} looks for workloads and makes their sockets.
 */
@NullMarked
package felix.policysync;

import org.jspecify.annotations.NullMarked;
