/** The agent as a process: starts with its arguments, wires everything together, and ends it. */
@NullMarked
package felix.agent;

import org.jspecify.annotations.NullMarked;
