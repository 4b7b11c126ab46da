/* The page: verdict, all columns, cards, outputs, segments, accounting, alarms, the model. */
(function () {
  'use strict';

  var el = sluice.el;
  var format = sluice.format;

  function alarmList(alarms, context) {
    return el('ul', {class: 'alarms'}, alarms.map(function (alarm) {
      var window = alarm.start === null ? 'since ' + format.time(alarm.since, context.timeZone)
        : format.windowName(alarm.start, alarm.end, context.timeZone);
      return el('li', {class: alarm.active ? 'active' : null},
        el('span', {class: 'pill ' + (alarm.state === 'CLEARED' ? 'OK' : alarm.severity === 'critical' ? 'DRIFT' : 'SIGN')},
          alarm.state === 'CLEARED' ? 'cleared' : alarm.severity),
        el('span', {class: 'when'}, window + (alarm.segment ? ', ' + alarm.segment : '')
          + (alarm.otherModel ? ', in a job with model ' + alarm.otherModel : '')),
        el('span', {class: 'what'}, alarm.message),
        alarm.advice === 'NONE' ? null : el('span', {class: 'advice'},
          {FIX_FEED: 'Mend the feed', RETRAIN: 'Train anew', WATCH: 'Watch it'}[alarm.advice] || alarm.advice, alarm.reasons.length ? ': ' + alarm.reasons.join('; ') : ''));
    }));
  }

  sluice.alarmList = alarmList;

  /** What the list of alarms leaves out, in words; empty where it has all. */
  function alarmsLeftOut(overview) {
    return [
      overview.alarmsLeftOut ? format.plural(overview.alarmsLeftOut, 'older alarm') + (overview.alarmsLeftOut === 1 ? ' is' : ' are') + ' not shown.' : '',
      overview.droppedAlarms ? format.plural(overview.droppedAlarms, 'older alarm') + ', of all models, had no room in memory.' : ''
    ].join(' ').trim();
  }

  sluice.alarmsLeftOut = alarmsLeftOut;

  function tile(name, value, note, state) {
    return el('div', {class: 'tile ' + (state || '')}, el('dt', {}, name), el('dd', {}, el('span', {class: 'value'}, value), el('span', {class: 'what'}, note)));
  }

  /** Where the records that were read are, in words. */
  function readWhere(totals) {
    return 'in these windows' + (totals.readWithoutWindow || totals.latePredicted ? ' or too late for them' : '');
  }

  function tiles(overview) {
    var totals = overview.totals;
    var present = overview.columns.filter(function (column) {
      return column.status !== 'GONE';
    });
    var judged = present.filter(function (column) {
      return column.judged;
    });
    var drifted = judged.filter(function (column) {
      return column.status === 'DRIFT';
    });
    var active = overview.activeAlarms;
    return el('dl', {class: 'tiles'},
      tile('Drifted now', format.count(drifted.length), 'of ' + format.plural(judged.length, 'judged column')
        + (judged.length < present.length ? '; ' + format.count(present.length - judged.length) + ' could not be judged' : ''), drifted.length ? 'DRIFT' : ''),
      tile('Alarms', format.count(active), 'raised and not cleared', active ? 'DRIFT' : ''),
      tile('Windows', format.count(totals.windows), overview.window ? 'of ' + format.period(overview.window) + ' each' : ''),
      tile('Records read', format.count(totals.read), readWhere(totals)),
      tile('Rejected', format.percent(totals.read ? totals.rejected / totals.read : 0), format.plural(totals.rejected, 'record')),
      tile('Late', format.count(totals.late), 'came after their window closed'));
  }

  function verdict(overview) {
    return el('div', {class: 'verdict ' + overview.verdict.level},
      el('p', {class: 'sentence'}, overview.verdict.sentence),
      overview.verdict.details.length ? el('p', {class: 'details'}, overview.verdict.details.join(' ')) : null,
      overview.hasBaseline || !overview.columns.length ? null : el('p', {class: 'details'},
        'The baseline is not at hand: distributions are those of windows alone. The verdicts are the job’s and hold.'));
  }

  /** What the last window did not meet, of several columns or of whole records. */
  function unmet(overview) {
    return !overview.unmet.length ? null : sluice.card.table('Expectations of several columns, or of whole records, that the last window did not meet',
      ['Expected', 'columns', 'severity', 'records that did not', 'observed'], overview.unmet.map(function (result) {
        return [result.expectation, result.columns.join(', ') || '–', result.severity,
          result.evaluated ? format.count(result.unexpected) + ' of ' + format.count(result.evaluated) : '–',
          result.observed === null ? '–' : result.observed];
      }));
  }

  function accounting(overview, charts) {
    var totals = overview.totals;
    var all = [['read', totals.read, 'records of the topic, ' + readWhere(totals)],
      ['predicted', totals.predicted, 'the model scored them'],
      ['rejected', totals.rejected, 'they did not meet a critical expectation'],
      ['malformed', totals.malformed, 'their bytes are no record'],
      ['failed', totals.failed, 'the model could not score them']];
    var windows = overview.windows.filter(function (window) {
      return window.read || window.rows || window.predicted;
    }).slice(-60);
    var figure = sluice.card.figure('Records by window', 'What became of the records of the last ' + windows.length + ' windows: predicted, rejected, malformed or failed.', '', function () {
      return sluice.card.table('Records by window', ['Window', 'read', 'predicted', 'rejected', 'malformed', 'failed', 'late', 'drifted columns'],
        overview.windows.slice(-500).reverse().map(function (window) {
          return [format.windowName(window.start, window.end, overview.timeZone) + (window.final ? '' : ' (open)'), format.count(window.read),
            format.count(window.predicted), format.count(window.rejected), format.count(window.malformed), format.count(window.failed),
            format.count(window.late), format.count(window.drifted)];
        }));
    });
    if (windows.length) {
      charts.push(function () {
        return sluice.charts.books(figure.canvas, windows, overview.timeZone, overview.window);
      });
    }
    var left = overview.windowsLeftOut + overview.droppedWindows;
    return el('div', {class: 'panel two'},
      el('div', {},
        el('table', {class: 'books'}, el('caption', {class: 'hidden'}, 'What became of the records'), el('tbody', {}, all.map(function (line) {
          return el('tr', {}, el('th', {scope: 'row'}, line[0]), el('td', {class: 'n'}, format.count(line[1])), el('td', {class: 'what'}, line[2]));
        }))),
        el('p', {class: 'balance'}, totals.balanced === null ? 'Without windows of outputs the books cannot be closed.'
          : totals.balanced ? 'The books balance: read = predicted + rejected + malformed + failed' + (totals.latePredicted ? ' + ' + format.count(totals.latePredicted) + ' predicted too late.' : '.')
            : 'The books do not balance in these windows: some records are counted in a window that is not here.'),
        left ? el('p', {class: 'what'}, format.plural(left, 'older window') + ' are not shown.') : null,
        overview.rejections.length ? sluice.card.table('Why records were rejected', ['Reason', 'producer', 'records'], overview.rejections.map(function (each) {
          return [each.reason.toLowerCase().replace(/_/g, ' '), each.producer || '–', format.count(each.count)];
        })) : null,
        unmet(overview)),
      windows.length ? figure.node : null);
  }

  function model(overview) {
    var own = overview.model;
    var rows = [['name', own.name || 'unknown'], ['version', own.version || 'not stated'], ['SHA-256', own.sha256 || 'unknown'],
      ['baseline SHA-256', own.baselineSha256 || 'none']];
    var card = overview.card;
    if (card && card.dataSet) {
      rows.push(['baseline made from', card.dataSet.name + ', ' + format.plural(card.dataSet.rows, 'record')
        + (card.dataSet.firstEventTime === null ? '' : ', ' + format.time(card.dataSet.firstEventTime, overview.timeZone) + ' to ' + format.time(card.dataSet.lastEventTime, overview.timeZone))]);
      if (card.dataSet.sha256) {
        rows.push(['data SHA-256', card.dataSet.sha256]);
      }
      if (card.dataSet.codePointer) {
        rows.push(['training code', card.dataSet.codePointer]);
      }
    }
    var facts = card ? card.facts : [];
    return el('div', {class: 'panel two'},
      el('dl', {class: 'facts'}, rows.map(function (row) {
        return [el('dt', {}, row[0]), el('dd', {}, row[1])];
      })),
      facts.length ? el('div', {}, el('h3', {}, 'What its author states'), el('dl', {class: 'facts'}, facts.map(function (fact) {
        return [el('dt', {class: 'depth-' + Math.min(3, fact.depth)}, fact.name.replace(/_/g, ' ')), el('dd', {}, fact.value)];
      }))) : el('p', {class: 'what'}, overview.otherCard
        ? 'A model package was given, but of another model, ' + overview.otherCard.slice(0, 12) + ': there is no more to say about this one.'
        : card ? 'Its author states no more about it.'
          : 'No model package was given: there is no more to say about the model.'));
  }

  /** Whether a model is there several times, told apart by its data profiles alone. */
  function isTwice(all, one) {
    return all.filter(function (each) {
      return each.sha256 === one.sha256;
    }).length > 1;
  }

  function models(overview) {
    var twice = overview.models.some(function (each) {
      return isTwice(overview.models, each);
    });
    return overview.models.length < 2 ? null : sluice.card.table('Models that windows or open alarms are about',
      ['Model', 'SHA-256'].concat(twice ? ['data profile'] : [], ['windows', 'from', 'until']),
      overview.models.map(function (each) {
        return [(each.name || 'unknown') + ' ' + each.version, each.sha256.slice(0, 12)].concat(twice ? [each.baselineSha256.slice(0, 12) || '–'] : [], [format.count(each.windows),
          each.first === null ? '–' : format.time(each.first, overview.timeZone), each.last === null ? '–' : format.time(each.last, overview.timeZone)]);
      }));
  }

  /**
   * Segments side by side.
   *
   * @param choose shows a segment alone
   * @param knows says whether it can be shown; all can where this is left out
   */
  function segments(doc, current, choose, knows) {
    return el('div', {class: 'panel'},
      el('p', {class: 'what'}, 'Each cell is a column’s distance from the reference in the segment’s newest window; its mark is the verdict. A segment’s name shows that segment alone.',
        doc.allColumns > doc.columns.length ? ' The ' + doc.columns.length + ' of ' + format.count(doc.allColumns) + ' columns that stand worst in any segment are here.' : ''),
      el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Segments side by side'}, el('table', {class: 'heat'},
        el('caption', {class: 'hidden'}, 'Columns by segment'),
        el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'Segment'), el('th', {scope: 'col', class: 'n'}, 'Records'), doc.columns.map(function (column) {
          return el('th', {scope: 'col', class: 'n'}, column.name + (column.kind === 'OUTPUT' ? ' (output)' : ''));
        }))),
        el('tbody', {}, doc.segments.map(function (segment) {
          var name = segment.name || 'all records';
          return el('tr', {}, el('th', {scope: 'row'}, knows && !knows(segment.name) ? name
            : el('button', {type: 'button', class: 'plain', 'aria-pressed': String(segment.name === current), onclick: function () {
              choose(segment.name);
            }}, name)), el('td', {class: 'n'}, format.count(segment.rows)), doc.columns.map(function (column, i) {
            var status = segment.status[i];
            return el('td', {class: 'n cell ' + (status || ''), title: status ? format.statusWord(status) : 'no window'},
              segment.value[i] === null ? '–' : format.number(segment.value[i]), status === 'DRIFT' || status === 'SIGN' ? el('span', {class: 'hidden'}, ' ' + format.statusWord(status)) : null);
          }));
        })))));
  }

  function glossary() {
    var words = [
      ['window', 'A stretch of event time, such as a month, that is judged as a whole when it closes.'],
      ['training data', 'What the model learned from: the baseline. Where it has seasons, a window is compared with the same season of it.'],
      ['PSI', 'The population stability index says how much the shares of the values differ from those in training. It has no unit: 0 is no difference, below 0.1 is small, 0.1 to 0.25 moderate, above 0.25 large.'],
      ['threshold', 'What the distance has to exceed to count as drift: what was set, or what training data itself varies by where that is more. The difference has to be more than chance as well.'],
      ['error band', 'How far the distance may be off because it is computed from bins and not from the values themselves.'],
      ['missing', 'Share of the values that were not there.'],
      ['violating', 'Records that did not meet a critical expectation of the column. Where the job rejects them they get no prediction; they are counted in the distributions all the same.'],
      ['too little data', 'There are fewer values than it takes to tell drift from chance, the window is too short for training data that differs so much from itself, or there are more different texts than are counted one by one; that is no all-clear.']
    ];
    return el('dl', {class: 'glossary'}, words.map(function (word) {
      return [el('dt', {}, word[0]), el('dd', {}, word[1])];
    }));
  }

  /**
   * Makes the page in an element. The source has overview(segment), column(kind, name, segment) and
   * segments(), which give promises of the documents; columnNow is its column without a promise,
   * where it has one. Returns {refresh}: ask for all of it again and show it where it is.
   */
  function page(root, source, options) {
    var context = {segment: '', timeZone: '', window: ''};
    var settings = options || {};
    var onerror = settings.onerror || function (error) {
      throw error;
    };
    var table = new sluice.lists.ColumnTable();
    var features = new sluice.lists.CardList(source, context, onerror);
    var outputs = new sluice.lists.CardList(source, context, onerror);
    var takers = [];
    var parts = {};
    ['verdict', 'tiles', 'accounting', 'alarms', 'model', 'segments'].forEach(function (name) {
      parts[name] = el('div');
    });
    var picker = el('select', {id: 'segment', onchange: function () {
      choose(picker.value);
    }});
    var picking = el('p', {class: 'controls segment'}, el('label', {for: 'segment'}, 'Segment'), picker);
    function section(id, title, says, content) {
      return el('section', {id: id, 'aria-labelledby': id + '-title'}, el('h2', {id: id + '-title'}, title), says ? el('p', {class: 'what'}, says) : null, content);
    }
    var sections = {
      outputs: section('outputs', 'What the model answers', 'Its labels and scores, against those that it gave on training data.', outputs.node),
      segments: section('segments', 'Segments side by side', '', parts.segments)
    };
    sluice.clear(root);
    [
      el('section', {id: 'verdict', 'aria-label': 'Verdict'}, parts.verdict, parts.tiles, picking),
      section('columns', 'All columns', 'Worst first. The distance says how far a column is from training data in its newest window; above the threshold it has drifted.', table.node),
      section('features', 'Column by column', '', features.node),
      sections.outputs, sections.segments,
      section('accounting', 'Accounting', 'Every record that was read has one fate.', parts.accounting),
      section('alarms', 'Alarms', 'Newest first. An alarm is raised once when something becomes so, and cleared once when it is so no more.', parts.alarms),
      section('model', 'The model', '', parts.model),
      section('reading', 'How to read this', '', glossary())
    ].forEach(function (each) {
      root.appendChild(each);
    });

    function put(part, content) {
      sluice.clear(parts[part]).appendChild(content);
    }

    function choose(segment) {
      context.segment = segment;
      refresh();
    }

    function show(overview) {
      context.timeZone = overview.timeZone;
      context.window = overview.window;
      var charts = [];
      takers.forEach(function (take) {
        take();
      });
      put('verdict', verdict(overview));
      put('tiles', tiles(overview));
      table.update(overview.columns);
      features.update(overview.columns.filter(function (column) {
        return column.kind !== 'OUTPUT';
      }));
      var answers = overview.columns.filter(function (column) {
        return column.kind === 'OUTPUT';
      });
      outputs.update(answers);
      sections.outputs.hidden = !answers.length;
      put('accounting', accounting(overview, charts));
      put('alarms', overview.alarms.length ? el('div', {class: 'panel'}, alarmList(overview.alarms, context),
        alarmsLeftOut(overview) ? el('p', {class: 'what'}, alarmsLeftOut(overview)) : null)
        : el('p', {class: 'panel what'}, 'No alarm has been raised.'));
      put('model', el('div', {}, model(overview), models(overview)));
      sluice.clear(picker);
      overview.segments.forEach(function (segment) {
        picker.appendChild(el('option', {value: segment, selected: segment === context.segment}, segment || 'all records'));
      });
      var several = overview.segments.length > 1 || source.segmentsLeftOut > 0;
      picking.hidden = !several;
      sections.segments.hidden = !several;
      Object.keys(sections).forEach(function (name) {
        document.querySelectorAll('nav a[href="#' + name + '"]').forEach(function (link) {
          link.parentNode.hidden = sections[name].hidden;
        });
      });
      takers = charts.map(function (draw) {
        return draw();
      });
      if (settings.onoverview) {
        settings.onoverview(overview);
      }
      return several ? source.segments().then(function (doc) {
        put('segments', el('div', {}, source.segmentsLeftOut ? el('p', {class: 'what'},
          format.plural(source.segmentsLeftOut, 'segment') + ' can be seen here alone: the report has no room for more. The console shows all.') : null,
        segments(doc, context.segment, choose, source.knows)));
      }) : null;
    }

    function refresh() {
      return source.overview(context.segment).then(show).catch(onerror);
    }

    window.addEventListener('beforeprint', function () {
      document.documentElement.classList.add('printing');
      var bad = function (column) {
        return column.status === 'DRIFT' || column.status === 'SIGN' || column.kind === 'OUTPUT';
      };
      features.print(bad);
      outputs.print(bad);
      sluice.charts.redrawAll();
    });
    window.addEventListener('afterprint', function () {
      document.documentElement.classList.remove('printing');
      features.printed();
      outputs.printed();
      sluice.charts.redrawAll();
    });
    return {refresh: refresh, context: context};
  }

  sluice.page = page;
  sluice.views = {
    verdict: verdict, tiles: tiles, accounting: accounting, model: model, models: models, isTwice: isTwice, segments: segments, glossary: glossary
  };
})();
