/** An HTTP server for the few things that the agent answers, which stays small under attack. */
@NullMarked
package felix.http;

import org.jspecify.annotations.NullMarked;
