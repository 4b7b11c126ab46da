'use strict';
/** Dead letters: searched, and one of them opened. */
(function (sluice) {
  const make = sluice.el;
  const PAGE = 50;
  const SHOWN_BYTES = 4096;
  const FIELDS = [
    { name: 'reason', title: 'Reason' },
    { name: 'column', title: 'Column' },
    { name: 'kind', title: 'Kind' },
    { name: 'producer', title: 'Producer' }
  ];
  const KINDS = {
    MALFORMED: 'could not be decoded',
    REJECTED: 'did not meet a critical expectation',
    FAILED: 'could not be scored'
  };

  function time(millis) {
    if (sluice.format.isBeyondCalendar(millis)) {
      return millis + ' ms, beyond the calendar';
    }
    return new Date(millis).toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  }

  /** Returns a violation's value; a text without characters is not a missing one. */
  function claimed(violation) {
    return violation.value !== '' ? violation.value : violation.reason === 'MISSING' ? 'missing' : 'empty';
  }

  /** Kafka says -1 where a message has no time. */
  function kafkaTime(millis) {
    return millis === -1 ? 'no time' : time(millis);
  }

  /**
   * The view. It shows what route.parameters look for, and the letter route.letter if there is one.
   *
   * @param go leads to a letter and a search: go({letter, parameters})
   * @return {element, show(route), refresh()}
   */
  sluice.letters = function (go) {
    const form = make('form', { class: 'search', role: 'search', 'aria-label': 'Dead letters' });
    const inputs = {};
    inputs.text = make('input', { type: 'search', id: 'letters-text', placeholder: 'value, message, key, offset …', autocomplete: 'off' });
    form.append(field('Text', inputs.text));
    FIELDS.forEach(function (one) {
      inputs[one.name] = make('select', { id: 'letters-' + one.name });
      form.append(field(one.title, inputs[one.name]));
    });
    const reset = make('button', { type: 'button', class: 'plain' }, 'Clear');
    form.append(reset);
    const count = make('p', { class: 'count', role: 'status' });
    const results = make('ul', { class: 'letters' });
    const newer = make('button', { type: 'button', class: 'plain newer' }, 'Newer letters');
    const older = make('button', { type: 'button', class: 'plain older' }, 'Older letters');
    const left = make('section', { class: 'letters-found', 'aria-label': 'Letters found' }, [count, results, newer, ' ', older]);
    const detail = make('section', { class: 'letter', 'aria-label': 'Letter', 'aria-live': 'polite' });
    const element = make('div', { class: 'letters-view' }, [
      make('h1', {}, 'Dead letters'),
      make('p', { class: 'lead' }, 'Records that got no prediction, newest first: undecodable, rejected by validation, or failed in the model.'),
      form,
      make('div', { class: 'letters-panes' }, [left, detail])
    ]);
    let route = { parameters: {}, letter: null };
    let from = 0; // how many of those found are newer than the first that is shown
    let asked = 0;
    let opened = null; // the place of the letter that was asked for last, whatever came of it
    let reading = null;
    let typing = 0;

    function field(title, input) {
      return make('div', { class: 'field' }, [make('label', { for: input.id }, title), input]);
    }

    function parameters() {
      const all = {};
      Object.keys(inputs).forEach(function (name) { all[name] = inputs[name].value; });
      return all;
    }

    function search() {
      from = 0;
      go({ letter: route.letter, parameters: parameters() });
    }

    form.addEventListener('submit', function (event) {
      event.preventDefault();
      search();
    });
    inputs.text.addEventListener('input', function () {
      clearTimeout(typing);
      typing = setTimeout(search, 250);
    });
    FIELDS.forEach(function (one) { inputs[one.name].addEventListener('change', search); });
    reset.addEventListener('click', function () {
      from = 0;
      go({ letter: route.letter, parameters: {} });
    });
    newer.addEventListener('click', function () { turn(-PAGE); });
    older.addEventListener('click', function () { turn(PAGE); });

    function turn(by) {
      from = Math.max(0, from + by);
      refresh().then(function () { left.scrollIntoView({ block: 'nearest' }); });
    }

    function choose(select, choices, chosen) {
      const options = [make('option', { value: '' }, 'any')];
      let known = chosen === '';
      choices.forEach(function (choice) {
        known = known || choice.value === chosen;
        options.push(make('option', { value: choice.value }, choice.value + ' (' + choice.count + ')'));
      });
      if (!known) {
        options.push(make('option', { value: chosen }, chosen + ' (0)'));
      }
      select.replaceChildren.apply(select, options);
      select.value = chosen;
    }

    function refresh() {
      const mine = ++asked;
      const wanted = Object.assign({}, route.parameters, { from: from, limit: PAGE });
      return sluice.live.ask('api/letters', wanted).then(function (found) {
        if (mine !== asked) {
          return undefined; // another search is under way
        }
        if (found.letters.length === 0 && from > 0) { // there are fewer than before
          from = Math.max(0, Math.ceil(found.matched / PAGE) - 1) * PAGE;
          return refresh();
        }
        FIELDS.forEach(function (one) {
          choose(inputs[one.name], found.choices[one.name], route.parameters[one.name] || '');
          inputs[one.name].parentElement.hidden = one.name === 'producer' && found.choices.producer.length === 0 && !route.parameters.producer;
        });
        const kept = sluice.format.count(found.kept);
        count.textContent = (found.matched === found.kept ? kept : sluice.format.count(found.matched) + ' of ' + kept) +
          (found.kept === 1 ? ' letter' : ' letters') +
          (found.matched > PAGE ? ', shown are ' + sluice.format.count(from + 1) + ' to ' + sluice.format.count(from + found.letters.length) : '') +
          (found.dropped > 0 || found.kept === found.capacity ? ', the newest ones; older ones are in the topic' : '');
        const focused = document.activeElement && document.activeElement.getAttribute('href');
        results.replaceChildren.apply(results, found.letters.map(item));
        if (focused && !document.activeElement.getAttribute('href')) {
          results.querySelectorAll('a').forEach(function (link) {
            if (link.getAttribute('href') === focused) {
              link.focus({ preventScroll: true });
            }
          });
        }
        newer.hidden = from === 0;
        older.hidden = from + found.letters.length >= found.matched;
        if (found.matched === 0) {
          results.append(make('li', { class: 'none' }, found.kept === 0 ? 'There are no dead letters.' : 'No letter meets all conditions.'));
        }
        return undefined;
      }).catch(function (error) {
        count.textContent = error.message;
      });
    }

    function item(letter) {
      const open = route.letter && route.letter.partition === letter.partition && route.letter.offset === letter.offset;
      const cause = letter.causes[0];
      const link = make('a', {
        href: sluice.letterAddress({ letter: letter, parameters: route.parameters }),
        'aria-current': open ? 'true' : null
      }, [
        make('span', { class: 'tag ' + letter.kind.toLowerCase() }, letter.reason),
        make('span', { class: 'what' }, cause ? [make('b', {}, cause.column), ' ', make('code', {}, claimed(cause))] : letter.message),
        make('span', { class: 'expectation' }, cause ? 'expected ' + cause.expectation : ''),
        make('span', { class: 'where' }, kafkaTime(letter.timestamp) + ' · ' + letter.source +
          (letter.producer ? ' · ' + letter.producer : '') +
          (letter.causes.length + letter.moreCauses > 1 ? ' · ' + (letter.causes.length + letter.moreCauses - 1) + ' more' : ''))
      ]);
      return make('li', {}, link);
    }

    function open() {
      const letter = route.letter;
      element.classList.toggle('opened', !!letter);
      if (!letter) {
        cancel();
        opened = null;
        detail.replaceChildren(make('p', { class: 'none' }, 'Choose a letter to see the whole of it.'));
        return;
      }
      const place = letter.partition + '@' + letter.offset;
      if (opened === place) {
        return;
      }
      ask(place, letter);
    }

    /** Gives up the letter that is being read, if there is one. */
    function cancel() {
      if (reading) {
        reading.abort();
        reading = null;
      }
    }

    function ask(place, letter) {
      cancel();
      opened = place;
      reading = new AbortController();
      const mine = reading;
      detail.replaceChildren(make('p', { class: 'none' }, 'Reading it from the topic …'));
      sluice.live.ask('api/letter', letter, mine.signal).then(function (body) {
        if (reading === mine) {
          detail.replaceChildren.apply(detail, content(body));
        }
      }).catch(function (error) {
        if (reading === mine) {
          const again = make('button', { type: 'button', class: 'plain again' }, 'Try again');
          again.addEventListener('click', function () { ask(place, letter); });
          detail.replaceChildren(back(), make('p', { class: 'failure' }, error.message), again);
        }
      });
    }

    function back() {
      return make('a', { class: 'back', href: sluice.letterAddress({ letter: null, parameters: route.parameters }) }, '← All letters');
    }

    function content(body) {
      const letter = body.record;
      const parts = [
        back(),
        make('h2', {}, letter.reason),
        make('p', { class: 'message' }, letter.message),
        facts([
          ['Kind', letter.kind + ': ' + KINDS[letter.kind]],
          ['Record', letter.topic + '-' + letter.partition + '@' + letter.offset],
          ['Event time', letter.eventTime === null ? 'could not be read' : time(letter.eventTime)],
          ['Came to Kafka', kafkaTime(letter.kafkaTimestamp)],
          ['Dead letter', body.topic + '-' + body.partition + '@' + body.offset + ', ' + kafkaTime(body.timestamp)],
          ['Model', (letter.modelName + ' ' + letter.modelVersion).trim() + ', ' + letter.modelSha256.slice(0, 12)],
          ['Key', letter.key === null ? 'none' : textOf(bytesOf(letter.key))]
        ])
      ];
      if (letter.violations.length > 0) {
        parts.push(make('h3', {}, 'Expectations not met'), table(
          ['Column', 'Value', 'Expected', 'Reason'],
          letter.violations.map(function (v) {
            return [v.column, claimed(v), v.expectation, v.reason + ', ' + v.severity];
          })));
      }
      if (body.originalText) {
        parts.push(make('h3', {}, 'Record'), scrolled(body.originalText, 'Record as JSON'));
      }
      const bytes = letter.value === null ? null : bytesOf(letter.value);
      parts.push(make('h3', {}, 'Bytes'));
      if (bytes === null) {
        parts.push(make('p', {}, 'The record has no value.'));
      } else {
        parts.push(make('p', {}, sluice.format.count(letter.valueSize) + ' bytes' +
          ((letter.recordTruncated === null ? letter.truncated : letter.recordTruncated) ? ', cut in the letter' : '') +
          (bytes.length > SHOWN_BYTES ? ', of which the first ' + sluice.format.count(SHOWN_BYTES) + ' are shown' : '') +
          (body.originalText ? '' : '; with --schema FILE they are shown as JSON')));
        parts.push(scrolled(dump(bytes.subarray(0, SHOWN_BYTES)), 'Bytes in hexadecimal and as text'));
      }
      if (letter.headers.length > 0) {
        parts.push(make('h3', {}, 'Headers'), table(['Name', 'Value'], letter.headers.map(function (header) {
          return [header.name, header.value === null ? 'null' : textOf(bytesOf(header.value))];
        })));
      }
      return parts;
    }

    return {
      element: element,
      show: function (next) {
        route = next;
        if (document.activeElement !== inputs.text) {
          inputs.text.value = route.parameters.text || '';
        }
        open();
        return refresh();
      },
      refresh: refresh
    };
  };

  /** Returns the address within the page of a letter and a search, either of which may be none. */
  sluice.letterAddress = function (route) {
    const query = new URLSearchParams();
    Object.entries(route.parameters || {}).forEach(function (entry) {
      if (entry[1]) {
        query.set(entry[0], entry[1]);
      }
    });
    const letter = route.letter ? '/' + route.letter.partition + '/' + route.letter.offset : '';
    return '#/letters' + letter + (query.toString() ? '?' + query : '');
  };

  function facts(rows) {
    const list = make('dl', { class: 'facts' });
    rows.forEach(function (row) {
      list.append(make('dt', {}, row[0]), make('dd', {}, row[1]));
    });
    return list;
  }

  function table(titles, rows) {
    const head = make('tr', {}, titles.map(function (title) { return make('th', { scope: 'col' }, title); }));
    return make('div', { class: 'scrolled', tabindex: '0', role: 'group', 'aria-label': titles.join(', ') }, make('table', {}, [
      make('thead', {}, head),
      make('tbody', {}, rows.map(function (row) {
        return make('tr', {}, row.map(function (cell) { return make('td', {}, cell); }));
      }))
    ]));
  }

  function scrolled(text, label) {
    return make('pre', { tabindex: '0', role: 'group', 'aria-label': label }, text);
  }

  function bytesOf(base64) {
    return Uint8Array.from(atob(base64), function (char) { return char.charCodeAt(0); });
  }

  /** Bytes as text where they are one that can be seen, else in hexadecimal. */
  function textOf(bytes) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      if (!/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text)) {
        return text;
      }
    } catch (error) {
      // no text: shown in hexadecimal
    }
    return '0x' + Array.from(bytes.subarray(0, 64), hex).join('');
  }

  function hex(byte) {
    return byte.toString(16).padStart(2, '0');
  }

  /** Sixteen bytes per line: offset, hexadecimal, text. */
  function dump(bytes) {
    const lines = [];
    for (let at = 0; at < bytes.length; at += 16) {
      const part = Array.from(bytes.subarray(at, at + 16));
      const text = part.map(function (byte) {
        return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·';
      });
      lines.push(at.toString(16).padStart(4, '0') + '  ' + part.map(hex).join(' ').padEnd(47) + '  ' + text.join(''));
    }
    return lines.join('\n');
  }
})(window.sluice);
