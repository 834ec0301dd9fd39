/** The requester's end: hands in reassignments and cancels. */
package org.reassign.core.client;
