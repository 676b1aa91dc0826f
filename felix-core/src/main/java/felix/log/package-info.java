/**
 * The log: from java.util.logging, which slf4j ends in, to standard output, a file and syslog. Each
 * of them has a queue and a thread, so that none that is slow or dead holds up who logs.
 */
@NullMarked
package felix.log;

import org.jspecify.annotations.NullMarked;
