'use strict';
/** All columns, worst first: filtered, and of thousands only those in view made. */
(function (sluice) {
  const make = sluice.el;
  const SVG = 'http://www.w3.org/2000/svg';
  const WIDTH = 120;
  const HEIGHT = 28;
  const format = sluice.format;
  const LEVELS = Object.keys(format.STATUS);

  /** The state of a column as a mark; of a sign, what it is. */
  function mark(column) {
    const pill = format.pill(column.status);
    if (column.status === 'SIGN') {
      pill.textContent = column.signs.map(function (sign) { return format.SIGNS[sign] || sign; }).join(', ');
    }
    return pill;
  }

  /**
   * The view.
   *
   * @param change called with {filter, status, kind} when somebody chooses
   * @param address(column): where a column leads
   * @return {element, show(overview, parameters)}
   */
  sluice.columns = function (change, address) {
    const verdict = make('section', { class: 'console-verdict', 'aria-label': 'Verdict' });
    const filter = make('input', { type: 'search', id: 'columns-filter', placeholder: 'part of a name', autocomplete: 'off' });
    const status = make('select', { id: 'columns-status' });
    const kind = make('select', { id: 'columns-kind' }, [
      make('option', { value: '' }, 'inputs and outputs'),
      make('option', { value: 'INPUT' }, 'inputs'),
      make('option', { value: 'OUTPUT' }, 'outputs')
    ]);
    const segment = make('select', { id: 'columns-segment' });
    const model = make('select', { id: 'columns-model' });
    const form = make('form', { class: 'search', role: 'search', 'aria-label': 'Columns' },
      field('Name', filter), field('Verdict', status), field('Kind', kind), field('Segment', segment), field('Model', model));
    const count = make('p', { class: 'count', role: 'status' });
    const list = sluice.list({
      label: 'Columns, worst first',
      height: 44,
      columns: [
        { title: 'Column', name: 'c-name' },
        { title: 'Verdict', name: 'c-status' },
        { title: 'Distance', name: 'c-value' },
        { title: 'Threshold', name: 'c-threshold' },
        { title: 'Last windows', name: 'c-recent' },
        { title: 'Missing', name: 'c-missing' },
        { title: 'Alarms', name: 'c-alarms' }
      ],
      href: address,
      fill: fill
    });
    const element = make('div', { class: 'columns-view' }, [make('h1', { class: 'hidden' }, 'Columns'), verdict, form, count, list.element]);
    let overview = null;
    let parameters = {};
    let typing = 0;

    function field(title, input) {
      return make('div', { class: 'field' }, [make('label', { for: input.id }, title), input]);
    }

    function chosen() {
      // Only who chose a model stays with it: the newest windows' model is another after a while.
      const other = overview !== null && model.value !== overview.model.sha256 + '/' + overview.model.baselineSha256;
      const parts = other ? model.value.split('/') : [parameters.model || '', parameters.baseline || ''];
      return {
        filter: filter.value, status: status.value, kind: kind.value, segment: segment.value,
        model: parts[0], baseline: parts[1]
      };
    }

    form.addEventListener('submit', function (event) {
      event.preventDefault();
      change(chosen());
    });
    filter.addEventListener('input', function () {
      clearTimeout(typing);
      typing = setTimeout(function () { change(chosen()); }, 120);
    });
    [status, kind, segment, model].forEach(function (select) {
      select.addEventListener('change', function () { change(chosen()); });
    });

    function fill(cells, column, link) {
      link.textContent = column.name;
      cells[0].title = column.name;
      let note = cells[0].querySelector('small');
      if (!note) {
        note = make('small', {});
        cells[0].append(note);
      }
      note.textContent = (column.kind === 'OUTPUT' ? 'output' : 'input') + ', ' + column.type.toLowerCase() + (column.unit ? ', ' + column.unit : '');
      cells[1].replaceChildren(mark(column));
      cells[2].textContent = format.number(column.value);
      cells[3].textContent = format.number(column.threshold);
      cells[4].replaceChildren(spark(column));
      cells[5].textContent = format.percent(column.missing);
      cells[6].textContent = column.alarms > 0 ? String(column.alarms) : '';
    }

    /** The distances of the last windows as a line, and the threshold. */
    function spark(column) {
      const known = column.recent.filter(function (value) { return value !== null; });
      const drawing = document.createElementNS(SVG, 'svg');
      drawing.setAttribute('class', 'spark ' + column.status.toLowerCase());
      drawing.setAttribute('viewBox', '0 0 ' + WIDTH + ' ' + HEIGHT);
      drawing.setAttribute('width', WIDTH);
      drawing.setAttribute('height', HEIGHT);
      drawing.setAttribute('aria-hidden', 'true'); // the numbers stand beside it, the whole in the column's page
      if (known.length === 0) {
        return drawing;
      }
      const top = Math.max.apply(null, known.concat(column.threshold || 0)) * 1.1 || 1;
      const step = (WIDTH - 4) / Math.max(1, column.recent.length - 1);
      if (column.threshold !== null) {
        const y = HEIGHT - 3 - (HEIGHT - 6) * column.threshold / top;
        line(drawing, 'limit', '0,' + y + ' ' + WIDTH + ',' + y);
      }
      const points = [];
      let last = null;
      column.recent.forEach(function (value, at) {
        if (value !== null) {
          last = [2 + at * step, HEIGHT - 3 - (HEIGHT - 6) * value / top];
          points.push(last.map(function (number) { return number.toFixed(1); }).join(','));
        }
      });
      line(drawing, 'course', points.join(' '));
      const dot = document.createElementNS(SVG, 'circle');
      dot.setAttribute('cx', last[0]);
      dot.setAttribute('cy', last[1]);
      dot.setAttribute('r', '2');
      drawing.append(dot);
      return drawing;
    }

    function line(drawing, name, points) {
      const course = document.createElementNS(SVG, 'polyline');
      course.setAttribute('class', name);
      course.setAttribute('points', points);
      drawing.append(course);
    }

    function options(select, all, value) {
      if (document.activeElement === select && select.dataset.all === JSON.stringify(all)) {
        return;
      }
      select.dataset.all = JSON.stringify(all);
      select.replaceChildren.apply(select, all.map(function (option) {
        return make('option', { value: option[0] }, option[1]);
      }));
      select.value = value;
      select.parentElement.hidden = all.length < 2;
    }

    function draw() {
      const wanted = (parameters.filter || '').toLowerCase();
      const counts = {};
      overview.columns.forEach(function (column) {
        counts[column.status] = (counts[column.status] || 0) + 1;
      });
      options(status, [['', 'any']].concat(LEVELS.filter(function (one) {
        return counts[one] || one === parameters.status;
      }).map(function (one) { return [one, format.statusWord(one) + ' (' + (counts[one] || 0) + ')']; })), parameters.status || '');
      options(segment, overview.segments.map(function (name) { return [name, name === '' ? 'all records' : name]; }), overview.segment);
      options(model, overview.models.map(function (one) {
        return [one.sha256 + '/' + one.baselineSha256, (one.name + ' ' + one.version).trim() + ', ' + one.sha256.slice(0, 8) +
          (sluice.views.isTwice(overview.models, one) ? ', data profile ' + (one.baselineSha256.slice(0, 8) || 'unknown') : '')];
      }), overview.model.sha256 + '/' + overview.model.baselineSha256);
      const shown = overview.columns.filter(function (column) {
        return (!wanted || column.name.toLowerCase().includes(wanted)) &&
          (!parameters.status || column.status === parameters.status) &&
          (!parameters.kind || column.kind === parameters.kind);
      });
      count.textContent = (shown.length === overview.columns.length ? '' : format.count(shown.length) + ' of ') +
        format.count(overview.columns.length) + (overview.columns.length === 1 ? ' column' : ' columns') +
        (overview.droppedWindows > 0 ? '; the oldest ' + format.count(overview.droppedWindows) + ' windows were let go for memory' : '');
      list.show(shown);
    }

    return {
      element: element,
      draws: true,
      show: function (next, chosenBefore) {
        overview = next;
        parameters = chosenBefore;
        if (document.activeElement !== filter) {
          filter.value = parameters.filter || '';
        }
        kind.value = parameters.kind || '';
        sluice.clear(verdict).append(sluice.views.verdict(overview), sluice.views.tiles(overview));
        draw();
      }
    };
  };
})(window.sluice);
