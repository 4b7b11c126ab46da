package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.record.Severity;

/**
 * One entry of a suite, as it stands there.
 *
 * @param place where it stands in the file: {@code expectations[3]}
 * @param type its type in Great Expectations, such as {@code expect_column_to_exist}
 * @param kwargs its arguments
 * @param severity the one it states, null for none
 */
record SuiteEntry(String place, String type, ObjectNode kwargs, Severity severity) {}
