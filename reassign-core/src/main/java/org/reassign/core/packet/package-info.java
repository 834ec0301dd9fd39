/** How large requests and replies are on their way to and from ZooKeeper, for all who must keep below the limit. */
package org.reassign.core.packet;
