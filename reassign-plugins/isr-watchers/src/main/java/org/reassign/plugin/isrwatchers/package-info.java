/** How the controller notices that replicas are in sync: point 14 of the thread. */
package org.reassign.plugin.isrwatchers;
