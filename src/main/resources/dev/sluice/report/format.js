/* Numbers, times and names as a person reads them, and the DOM that shows them. */
var sluice = window.sluice || {};
window.sluice = sluice;

(function () {
  'use strict';

  /** Makes an element: el('p', {class: 'x', onclick: f}, 'text', node). Texts stay texts. */
  function el(tag, attributes) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      var value = attributes[name];
      if (value === null || value === undefined || value === false) {
        return;
      }
      if (name.slice(0, 2) === 'on') {
        node.addEventListener(name.slice(2), value);
      } else {
        node.setAttribute(name, value === true ? '' : String(value));
      }
    });
    for (var i = 2; i < arguments.length; i++) {
      append(node, arguments[i]);
    }
    return node;
  }

  function append(node, child) {
    if (Array.isArray(child)) {
      child.forEach(function (each) {
        append(node, each);
      });
    } else if (child !== null && child !== undefined && child !== false) {
      node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  function clear(node) {
    while (node.firstChild) {
      node.removeChild(node.firstChild);
    }
    return node;
  }

  /** A count: 12,345. */
  function count(value) {
    return value === null || value === undefined ? 'unknown' : value.toLocaleString('en-GB');
  }

  var DIGITS = 4;
  var ALL_DIGITS = 17;

  /** A measured number in at least four significant digits, with all before its point below 1e15. */
  function number(value, digits) {
    if (value === null || value === undefined) {
      return '–';
    }
    var shown = digits || DIGITS;
    var size = Math.abs(value);
    if (size < 1e-300) {
      return '0';
    }
    if (size >= 1e15 || size < 1e-3) {
      return value.toExponential(shown - 1);
    }
    return size >= 1000
      ? value.toLocaleString('en-GB', {maximumFractionDigits: shown - DIGITS + (size < 1e6 ? 1 : 0)})
      : String(Number(value.toPrecision(shown)));
  }

  /** Numbers in as many digits as it takes for different ones to read differently. */
  function numbers(values) {
    var different = new Set(values).size;
    for (var digits = DIGITS; ; digits++) {
      var texts = values.map(function (value) {
        return number(value, digits);
      });
      if (digits === ALL_DIGITS || new Set(texts).size === different) {
        return texts;
      }
    }
  }

  /** A share as a percentage. */
  function percent(share) {
    if (share === null || share === undefined) {
      return '–';
    }
    var value = share * 100;
    if (value === 0 || value === 100) {
      return value + ' %';
    }
    if (value < 0.01) {
      return '< 0.01 %';
    }
    return (value >= 10 ? value.toFixed(1) : String(Number(value.toPrecision(2)))) + ' %';
  }

  function plural(n, one, many) {
    return count(n) + ' ' + (n === 1 ? one : many || one + 's');
  }

  var MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  var zones = {};

  var DAY = 86400000;
  var CALENDAR = 8.64e15; // milliseconds to its last day, and to its first

  /** Whether a browser has no date for a time, in some zone. */
  function isBeyondCalendar(millis) {
    return !(Math.abs(millis) <= CALENDAR - DAY);
  }

  function beyond(time) {
    return time + ' ms, beyond the calendar';
  }

  /** Returns year, month (0 to 11), day, hour and minute of a time in a zone. */
  function calendar(millis, zone) {
    var offset = /^(?:UTC|GMT|UT)?([+-])(\d\d):(\d\d)$/.exec(zone || '');
    if (offset) {
      var minutes = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
      return utc(millis + minutes * 60000);
    }
    if (!zone || zone === 'Z' || zone === 'UTC') {
      return utc(millis);
    }
    if (!(zone in zones)) {
      try {
        zones[zone] = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
          hour: 'numeric', minute: 'numeric'
        });
      } catch (unknown) {
        zones[zone] = null;
      }
    }
    if (!zones[zone]) {
      return utc(millis);
    }
    var parts = {};
    zones[zone].formatToParts(new Date(millis)).forEach(function (part) {
      parts[part.type] = Number(part.value);
    });
    return {year: parts.year, month: parts.month - 1, day: parts.day, hour: parts.hour, minute: parts.minute};
  }

  function utc(millis) {
    var date = new Date(millis);
    return {
      year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate(),
      hour: date.getUTCHours(), minute: date.getUTCMinutes()
    };
  }

  function clock(at) {
    return String(at.hour).padStart(2, '0') + ':' + String(at.minute).padStart(2, '0');
  }

  function date(at) {
    return at.day + ' ' + MONTHS[at.month] + ' ' + at.year;
  }

  /** A moment: 3 Feb 2018, 14:00. */
  function time(millis, zone) {
    if (millis === null || millis === undefined) {
      return 'unknown';
    }
    if (isBeyondCalendar(millis)) {
      return beyond(millis);
    }
    var at = calendar(millis, zone);
    return date(at) + ', ' + clock(at);
  }

  /** What a person calls a window: Feb 2018; 3 Feb 2018; 3 Feb 2018, 14:00 to 15:00. */
  function windowName(start, end, zone) {
    if (isBeyondCalendar(start) || isBeyondCalendar(end)) {
      return beyond(start + ' to ' + end);
    }
    var from = calendar(start, zone);
    var to = calendar(end, zone);
    var midnight = from.hour === 0 && from.minute === 0;
    var ends = to.hour === 0 && to.minute === 0;
    if (midnight && ends && from.day === 1 && to.day === 1) {
      var months = (to.year - from.year) * 12 + to.month - from.month;
      if (months === 1) {
        return MONTHS[from.month] + ' ' + from.year;
      }
      if (months === 12 && from.month === 0) {
        return String(from.year);
      }
    }
    if (midnight && ends && date(from) !== date(to)) { // the clock may go back to midnight
      var last = calendar(end - 1, zone);
      return date(from) === date(last) ? date(from) : date(from) + ' to ' + date(last);
    }
    return date(from) + ', ' + clock(from) + ' to '
      + (date(from) === date(to) ? '' : date(to) + ', ') + clock(to);
  }

  /** A short label of a window's start on an axis. */
  function tick(start, length, zone) {
    if (isBeyondCalendar(start)) {
      return start + ' ms';
    }
    var at = calendar(start, zone);
    if (/^P\d+Y$/.test(length)) {
      return String(at.year);
    }
    if (/^P\d+M$/.test(length)) {
      return MONTHS[at.month] + ' ' + String(at.year % 100).padStart(2, '0');
    }
    return at.day + ' ' + MONTHS[at.month] + (at.hour || at.minute ? ' ' + clock(at) : '');
  }

  var PERIODS = {Y: 'year', M: 'month', W: 'week', D: 'day', H: 'hour', m: 'minute', S: 'second'};

  /** The length of windows in words: P1M is "1 month". */
  function period(iso) {
    var parts = /^P(?:(\d+)([YMWD]))?(?:T(\d+)([HMS]))?$/.exec(iso || '');
    if (!parts) {
      return iso || 'unknown';
    }
    var words = [];
    if (parts[1]) {
      words.push(plural(Number(parts[1]), PERIODS[parts[2]]));
    }
    if (parts[3]) {
      words.push(plural(Number(parts[3]), PERIODS[parts[4] === 'M' ? 'm' : parts[4]]));
    }
    return words.join(' ');
  }

  var STATUS = {
    DRIFT: ['drifted', 'The values differ from the reference by more than chance and more than the threshold.'],
    SIGN: ['look at it', 'No verdict of drift, but something about the values has a name of its own.'],
    INSUFFICIENT_DATA: ['too little data', 'There are too few values to tell drift from chance, the window is too short for this training data, or there are too many different texts to count each.'],
    NOT_JUDGED: ['not judged', 'There is no baseline for it, or its window is still open.'],
    OK: ['no drift', 'The values do not differ from the reference by more than is allowed.'],
    GONE: ['no longer there', 'The last window does not have it: the job does not write it any more.']
  };

  var SIGNS = {
    FLAT_LINE: 'one value only',
    VANISHED: 'no values any more',
    UNIT_CHANGE: 'another unit',
    NEW_CATEGORY: 'new values',
    MISSING_JUMP: 'more missing'
  };

  var METRICS = {psi: 'PSI'};

  function statusWord(status) {
    return (STATUS[status] || [status])[0];
  }

  /** The status as a mark of colour, shape and word. */
  function pill(status) {
    return el('span', {class: 'pill ' + status, title: (STATUS[status] || ['', ''])[1]}, statusWord(status));
  }

  function metricName(metric) {
    return metric ? METRICS[metric] || metric.replace(/_/g, ' ') : 'distance';
  }

  /** What a PSI of this size means, by the usual rule of thumb. */
  function psiWords(value) {
    return value < 0.1 ? 'a small shift' : value < 0.25 ? 'a moderate shift' : 'a large shift';
  }

  function unit(text) {
    return text ? ' ' + text : '';
  }

  sluice.el = el;
  sluice.clear = clear;
  sluice.format = {
    count: count, number: number, numbers: numbers, percent: percent, plural: plural, time: time,
    isBeyondCalendar: isBeyondCalendar, windowName: windowName, tick: tick, period: period, statusWord: statusWord, pill: pill,
    metricName: metricName, psiWords: psiWords, unit: unit, STATUS: STATUS, SIGNS: SIGNS
  };
})();
