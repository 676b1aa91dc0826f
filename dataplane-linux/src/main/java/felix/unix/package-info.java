/** Datagrams to sockets with names in the file system, which Java cannot send. */
@NullMarked
package felix.unix;

import org.jspecify.annotations.NullMarked;
