/**
 * The packet lab: a node, its workloads and everything else as network namespaces, a real etcd, the
 * real agent, and packets that arrive or do not. It judges the agent from outside and uses none of
 * its classes.
 *
 * <p>Runs as root inside {@code .mvn/sandbox/bin/java}, so that names need not be unique and
 * nothing is left behind.
 */
@NullMarked
package felix.lab;

import org.jspecify.annotations.NullMarked;
