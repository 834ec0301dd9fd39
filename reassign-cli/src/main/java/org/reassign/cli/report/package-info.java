/** A comparison: its figures, and the folder with a page, a JSON document and a CSV file that can be made of it. */
package org.reassign.cli.report;
