/** What actors cost ZooKeeper: operations, packets, bytes and watches, counted at the port. */
package org.reassign.core.meter;
