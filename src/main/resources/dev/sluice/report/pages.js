'use strict';
/** The console's other pages: one column, alarms, segments, the model with the accounting. */
(function (sluice) {
  const make = sluice.el;
  const format = sluice.format;

  function context(overview) {
    return { segment: overview.segment, timeZone: overview.timeZone, window: overview.window };
  }

  /** Draws charts that their page made; returns what takes them away. */
  function drawn(charts) {
    const takers = charts.map(function (draw) { return draw(); });
    return function () { takers.forEach(function (take) { take(); }); };
  }

  /** Calls fill only where what is shown has changed, so that nothing flickers and no choice is lost. */
  function changing(fill) {
    let before = '';
    return function (shown, overview) {
      const now = JSON.stringify(shown);
      if (now !== before) {
        before = now;
        fill(shown, overview);
      }
    };
  }

  /**
   * One column with its charts.
   *
   * @param back where all columns are: an address
   */
  sluice.columnPage = function (back) {
    const title = make('h1', {});
    const mark = make('span', { class: 'state' });
    const type = make('p', { class: 'lead' });
    const up = make('a', { class: 'back' }, '← All columns');
    const body = make('div', { class: 'body' });
    const element = make('article', { class: 'column-page card' }, up, make('header', {}, title, mark), type, body);
    let view = null;
    let last = '';

    function open() {
      return Array.from(body.querySelectorAll('details[open] > summary')).map(function (summary) { return summary.textContent; });
    }

    return {
      element: element,
      show: function (detail, overview) {
        up.setAttribute('href', back());
        const now = JSON.stringify(detail);
        const name = detail.kind + '/' + detail.name + '/' + detail.segment;
        const known = overview.columns.find(function (column) { return column.kind === detail.kind && column.name === detail.name; });
        title.textContent = detail.name;
        sluice.clear(mark).append(known ? format.pill(known.status) : '');
        type.textContent = (detail.kind === 'OUTPUT' ? 'output of the model, ' : 'feature, ') + detail.type.toLowerCase() +
          (detail.unit ? ', in ' + detail.unit : '') + (detail.segment ? ', segment ' + detail.segment : '');
        if (view && last === now) {
          view.show();
          return;
        }
        const kept = view && element.dataset.name === name ? open() : [];
        element.dataset.name = name;
        last = now;
        if (view) {
          view.hide();
        }
        view = sluice.card.fill(body, detail, context(overview));
        view.show();
        body.querySelectorAll('details > summary').forEach(function (summary) {
          summary.parentElement.open = kept.includes(summary.textContent);
        });
      },
      hide: function () {
        if (view) {
          view.hide();
        }
      }
    };
  };

  /** Alarms, newest first. */
  sluice.alarmsPage = function () {
    const body = make('div', {});
    const element = make('div', {}, make('h1', {}, 'Alarms'),
      make('p', { class: 'lead' }, 'Newest first. An alarm is raised once when something becomes so, and cleared once when it is so no more.'), body);
    const fill = changing(function (shown, overview) {
      const left = sluice.alarmsLeftOut(overview);
      sluice.clear(body).append(overview.alarms.length === 0 ? make('p', { class: 'panel none' }, 'No alarm has been raised.')
        : make('div', { class: 'panel' }, sluice.alarmList(overview.alarms, context(overview)),
          left ? make('p', { class: 'what' }, left) : null));
    });
    return {
      element: element,
      draws: true,
      show: function (overview) { fill([overview.alarms, overview.alarmsLeftOut, overview.droppedAlarms], overview); }
    };
  };

  /**
   * Segments side by side.
   *
   * @param choose leads to the columns of a segment
   */
  sluice.segmentsPage = function (choose) {
    const body = make('div', {});
    const element = make('div', {}, make('h1', {}, 'Segments side by side'), body);
    const fill = changing(function (doc, overview) {
      sluice.clear(body).append(doc.segments.length < 2
        ? make('p', { class: 'panel none' }, 'The windows have no segments: the option profile.segment-by makes them.')
        : sluice.views.segments(doc, overview.segment, choose));
    });
    return { element: element, show: fill };
  };

  /** The model, and what became of the records. */
  sluice.modelPage = function () {
    const body = make('div', { class: 'model-page' });
    const element = make('div', {}, make('h1', {}, 'The model and its records'), body);
    let take = function () {};
    const fill = changing(function (shown, overview) {
      const charts = [];
      take();
      sluice.clear(body).append(
        make('h2', {}, 'The model'), sluice.views.model(overview), sluice.views.models(overview) || '',
        make('h2', {}, 'Accounting'), make('p', { class: 'lead' }, 'Every record that was read has one fate.'),
        sluice.views.accounting(overview, charts),
        make('h2', {}, 'How to read this'), sluice.views.glossary());
      take = drawn(charts);
    });
    return {
      element: element,
      draws: true,
      show: function (overview) {
        fill([overview.model, overview.models, overview.card, overview.totals, overview.windows.slice(-3), overview.unmet, overview.otherCard], overview);
      }
    };
  };
})(window.sluice);
