/**
 * Distances between two data profiles, and verdicts. Takes a baseline's column and the same column
 * of a window; gives the distance with its threshold, its error bound and a verdict; refuses
 * columns that were not counted on the baseline's grid.
 */
package dev.sluice.drift;
