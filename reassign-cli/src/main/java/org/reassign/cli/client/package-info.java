/** The commands of those who ask for reassignments; all of them over {@link org.reassign.api.client.ReassignmentClient}. */
package org.reassign.cli.client;
