/**
 * Training data → baseline: lays each column's grid, counts on it, and suggests expectations. The
 * same rows in any order give the same profile.
 */
package dev.sluice.profile.build;
