/** Which replicas a partition lets go of when its reassignment is changed in flight: point 11 of the thread. */
package org.reassign.plugin.droppolicies;
