/** What Unix can do and Java cannot: datagrams to named sockets, pages given back. */
@NullMarked
package felix.unix;

import org.jspecify.annotations.NullMarked;
