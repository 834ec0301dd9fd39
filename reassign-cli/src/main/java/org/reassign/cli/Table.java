package org.reassign.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in columns that are as wide as their widest cell. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** Prints the rows; columns from {@code firstRight} on are aligned to the right. */
    void print(PrintWriter out, int firstRight) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < row.size(); i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(' ')
                        .append(i < firstRight ? row.get(i) + pad : pad + row.get(i))
                        .append(' ');
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
