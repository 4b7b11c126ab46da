/**
 * Data profiles as files: JSON that a person can read and edit, stable in a diff. Refuses what is
 * not sound, with one message that says which file, which place, what it got and what it expected.
 */
package dev.sluice.profile.file;
