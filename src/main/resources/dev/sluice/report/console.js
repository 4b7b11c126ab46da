'use strict';
/** The console: its views, which one is shown, and what is asked for when something has changed. */
(function (sluice) {
  const make = sluice.el;
  const format = sluice.format;
  const VIEWS = [
    { name: 'columns', title: 'Columns' },
    { name: 'alarms', title: 'Alarms' },
    { name: 'letters', title: 'Dead letters' },
    { name: 'segments', title: 'Segments' },
    { name: 'model', title: 'Model' }
  ];
  const BETWEEN = 1000; // milliseconds from an answer to the next question
  const main = document.getElementById('main');
  const links = document.getElementById('views');
  const connectionText = document.getElementById('connection');
  const notice = document.getElementById('notice');
  const feeds = document.getElementById('feeds');
  const parts = {};
  let route = { view: 'columns', path: [], parameters: {} };
  let overview = null;
  let stale = { windows: true, alarms: true, letters: true, status: true };
  let asking = false;
  let status = null;
  let connection = { open: false, since: Date.now() };

  /** #/view/part/part?name=value */
  function read() {
    const hash = location.hash.replace(/^#\/?/, '');
    const at = hash.indexOf('?');
    const path = (at < 0 ? hash : hash.slice(0, at)).split('/').map(decodeURIComponent);
    const parameters = Object.fromEntries(new URLSearchParams(at < 0 ? '' : hash.slice(at + 1)));
    return { view: path[0] || 'columns', path: path.slice(1), parameters: parameters };
  }

  function address(view, path, parameters) {
    const query = new URLSearchParams();
    Object.entries(parameters || {}).forEach(function (entry) {
      if (entry[1]) {
        query.set(entry[0], entry[1]);
      }
    });
    return '#/' + [view].concat((path || []).map(encodeURIComponent)).join('/') + (query.toString() ? '?' + query : '');
  }

  /** Goes on to choices within a view, without a step in the browser's history. */
  function replace(where) {
    history.replaceState(null, '', where);
    follow(false);
  }

  /** What is looked at, whatever the view: a model and a segment. */
  function scope() {
    const chosen = {};
    ['model', 'baseline', 'segment'].forEach(function (name) {
      if (route.parameters[name]) {
        chosen[name] = route.parameters[name];
      }
    });
    return chosen;
  }

  parts.columns = sluice.columns(function (chosen) {
    replace(address('columns', [], chosen));
  }, function (column) {
    return address('column', [column.kind, column.name], scope());
  });
  parts.letters = sluice.letters(function (next) {
    replace(sluice.letterAddress(next));
  });
  parts.column = sluice.columnPage(function () { return address('columns', [], scope()); });
  parts.alarms = sluice.alarmsPage();
  parts.segments = sluice.segmentsPage(function (segment) {
    location.hash = address('columns', [], Object.assign(scope(), { segment: segment }));
  });
  parts.model = sluice.modelPage();

  function drawLinks() {
    const shown = route.view === 'column' ? 'columns' : route.view;
    sluice.clear(links);
    VIEWS.forEach(function (view) {
      links.append(make('a', {
        href: address(view.name, [], view.name === 'letters' ? {} : scope()),
        'aria-current': view.name === shown ? 'page' : null
      }, view.title, badge(view.name)));
    });
  }

  function badge(name) {
    if (name !== 'alarms' || !overview) {
      return null;
    }
    const active = overview.activeAlarms;
    return active === 0 ? null : make('span', { class: 'tally' }, String(active), make('span', { class: "hidden" }, ' active'));
  }

  /** Takes up the address; a new view begins at its top. */
  function follow(anew) {
    const before = route;
    route = read();
    if (!parts[route.view]) {
      route = { view: 'columns', path: [], parameters: {} };
    }
    const other = before.view !== route.view || before.path.join() !== route.path.join();
    const element = parts[route.view].element;
    if (element.parentNode !== main) {
      parts.column.hide();
      sluice.clear(main).append(element);
    }
    if (anew && other && route.view !== 'letters') {
      window.scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
    drawLinks();
    if (route.view === 'letters') {
      stale.letters = false;
      parts.letters.show(letterRoute());
    } else if (overview && parts[route.view].draws && sameScope(before)) {
      parts[route.view].show(overview, route.parameters);
    } else {
      stale.windows = true;
    }
    refresh();
  }

  function sameScope(before) {
    return ['model', 'baseline', 'segment'].every(function (name) {
      return (before.parameters[name] || '') === (route.parameters[name] || '');
    });
  }

  /** Asks for what has changed and is looked at; one question at a time. */
  function refresh() {
    if (asking) {
      return;
    }
    const questions = [];
    if (stale.status) {
      stale.status = false;
      questions.push(sluice.live.ask('api/status').then(function (now) { status = now; }));
    }
    if (route.view === 'letters') {
      if (stale.letters) {
        stale.letters = false;
        questions.push(parts.letters.show(letterRoute()));
      }
    } else if (stale.windows || stale.alarms) {
      stale.windows = false;
      stale.alarms = false;
      questions.push(show());
    }
    if (questions.length === 0) {
      return;
    }
    asking = true;
    Promise.all(questions).catch(function (error) {
      if (error.status) {
        say(error.message);
      } else {
        stale = { windows: true, alarms: true, letters: true, status: true }; // the console itself is away
      }
    }).then(function () {
      drawStatus();
      setTimeout(function () {
        asking = false;
        if (connection.open) {
          refresh();
        }
      }, BETWEEN);
    });
  }

  function letterRoute() {
    const letter = route.path.length === 2 ? { partition: Number(route.path[0]), offset: Number(route.path[1]) } : null;
    return { letter: letter, parameters: route.parameters };
  }

  function show() {
    const here = route;
    return sluice.live.ask('api/overview', scope()).then(function (next) {
      overview = next;
      drawLinks();
      say('');
      if (here.view === 'column') {
        const wanted = Object.assign({ kind: here.path[0], name: here.path[1] }, scope());
        return sluice.live.ask('api/column', wanted).then(function (column) {
          if (here === route) {
            parts.column.show(column, overview);
          }
        });
      }
      if (here.view === 'segments') {
        return sluice.live.ask('api/segments', scope()).then(function (segments) {
          parts.segments.show(segments, overview);
        });
      }
      if (here.view !== 'letters' && here === route) {
        parts[here.view].show(overview, here.parameters);
      }
      return undefined;
    });
  }

  function say(text) {
    notice.textContent = text;
    notice.hidden = text === '';
  }

  /** A moment in the zone of who looks: 14:00:05 of today, else with its date. */
  function clock(millis) {
    const at = new Date(millis);
    return at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString('en-GB')
      : format.time(millis, Intl.DateTimeFormat().resolvedOptions().timeZone);
  }

  function drawStatus() {
    const away = status ? status.feeds.filter(function (feed) { return feed.state === 'UNREACHABLE'; }) : [];
    const refused = status ? status.feeds.filter(function (feed) { return feed.state === 'REFUSED'; }) : [];
    const failed = status ? status.feeds.filter(function (feed) { return feed.state === 'FAILED'; }) : [];
    let text;
    let level;
    if (connection.refused) {
      text = 'The console asks for a token: open the address that it printed when it started';
      level = 'bad';
    } else if (!connection.open) {
      text = 'Console does not answer since ' + clock(connection.since) + ', trying again';
      level = 'bad';
    } else if (!status) {
      text = 'Connecting';
      level = 'wait';
    } else if (failed.length > 0) {
      text = failed[0].topic + ' is read no more: start the console again';
      level = 'bad';
    } else if (away.length > 0) {
      text = 'Broker unreachable since ' + clock(Math.min.apply(null, away.map(function (feed) { return feed.since; }))) + ', trying again';
      level = 'bad';
    } else if (status.feeds.some(function (feed) { return feed.state === 'CONNECTING'; })) {
      text = 'Connecting to the broker';
      level = 'wait';
    } else if (refused.length > 0) {
      text = refused[0].topic + ' cannot be read';
      level = 'wait';
    } else if (!status.feeds.every(function (feed) { return feed.caughtUp; })) {
      text = 'Reading the topics';
      level = 'wait';
    } else {
      text = connection.polling ? 'Live, asked every few seconds: too many pages are open' : 'Live';
      level = 'good';
    }
    if (connectionText.textContent !== text) {
      connectionText.textContent = text;
    }
    connectionText.className = 'connection ' + level;
    if (status) {
      drawFeeds();
    }
  }

  function drawFeeds() {
    sluice.clear(feeds);
    status.feeds.forEach(function (feed) {
      const facts = [format.plural(feed.records, 'message')];
      if (feed.unreadable > 0) {
        facts.push(format.count(feed.unreadable) + ' unreadable');
      }
      if (feed.tombstones > 0) {
        facts.push(format.plural(feed.tombstones, 'tombstone'));
      }
      if (feed.lastMessage > 0) {
        facts.push('last at ' + clock(feed.lastMessage));
      }
      feeds.append(make('p', { class: 'feed ' + feed.state.toLowerCase(), title: feed.problem || feed.lastUnreadable || null },
        make('b', {}, feed.topic), ' ', facts.join(', '),
        feed.problem ? make('span', { class: 'failure' }, ' ' + feed.problem) : null,
        feed.lastUnreadable ? make('span', { class: 'failure' }, ' last unreadable: ' + feed.lastUnreadable) : null));
    });
    const last = overview && overview.windows.length > 0 ? overview.windows[overview.windows.length - 1] : null;
    if (last) {
      feeds.prepend(make('p', { class: 'feed' }, make('b', {}, 'Last window'), ' ' + format.windowName(last.start, last.end, overview.timeZone) + (last.final ? '' : ', still open')));
    }
  }

  // The token has done its duty: it is a cookie now, and no history or shared address need have it.
  if (location.search) {
    history.replaceState(null, '', location.pathname + location.hash);
  }
  window.addEventListener('hashchange', function () { follow(true); });
  sluice.live.listen(function (changed, now) {
    connection = now;
    Object.keys(changed).forEach(function (subject) { stale[subject] = stale[subject] || changed[subject]; });
    if (now.open) {
      stale.status = stale.status || Object.keys(changed).length > 0;
      refresh();
    }
    drawStatus();
  });
  follow(true);
})(window.sluice);
