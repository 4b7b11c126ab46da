'use strict';
/** Asks the console's server, and hears from it what has changed. */
(function (sluice) {
  const LONGEST_PAUSE = 15000;
  const listeners = [];
  let source = null;
  let pause = 1000;
  let seen = null;
  const connection = { open: false, since: Date.now(), refused: false, polling: false };

  /** An answer that is none: {what, got, expected}, in words. */
  function Refused(status, body) {
    this.status = status;
    this.message = body.what + ' is ' + body.got + ', expected ' + body.expected;
  }

  /**
   * Asks for JSON.
   *
   * @param path such as 'api/letters'
   * @param parameters an object; those that are empty are left out
   * @param signal of an AbortController, none for a question that is always waited for
   * @return a promise
   */
  function ask(path, parameters, signal) {
    const query = new URLSearchParams();
    Object.entries(parameters || {}).forEach(function (entry) {
      if (entry[1] !== '' && entry[1] !== null && entry[1] !== undefined) {
        query.set(entry[0], entry[1]);
      }
    });
    const address = path + (query.toString() ? '?' + query : '');
    return fetch(address, { credentials: 'same-origin', cache: 'no-store', signal: signal }).then(function (answer) {
      return answer.json().then(function (body) {
        if (!answer.ok) {
          throw new Refused(answer.status, body);
        }
        return body;
      });
    });
  }

  function tell(changed) {
    listeners.forEach(function (listener) { listener(changed, connection); });
  }

  function become(open) {
    if (connection.open !== open) {
      connection.open = open;
      connection.since = Date.now();
    }
  }

  /**
   * Events were refused, and the browser does not try again: by a server that wants another token,
   * or one that has listeners enough, which is asked again and again instead.
   */
  function askWhy() {
    ask('api/status').then(function () {
      connection.refused = false;
      connection.polling = true;
      become(true);
      tell({ windows: true, alarms: true, letters: true, status: true });
    }).catch(function (error) {
      connection.refused = error.status === 401;
      connection.polling = false;
      become(false);
      tell({});
    }).then(function () {
      setTimeout(connect, pause);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    });
  }

  function connect() {
    source = new EventSource('api/events');
    source.addEventListener('open', function () {
      pause = 1000;
      connection.refused = false;
      connection.polling = false;
      become(true);
      tell({});
    });
    source.addEventListener('changed', function (event) {
      const now = JSON.parse(event.data);
      const changed = {};
      Object.keys(now).forEach(function (subject) {
        // after a pause the counts may be those of another run of the server: all may be new
        changed[subject] = !seen || seen[subject] !== now[subject];
      });
      seen = now;
      tell(changed);
    });
    source.addEventListener('error', function () {
      seen = null;
      if (source.readyState === EventSource.CLOSED) {
        askWhy();
      } else {
        become(false);
        tell({});
      }
    });
  }

  sluice.live = {
    ask: ask,
    /** Starts to listen; listener(changed, connection) hears of each change, changed by subject. */
    listen: function (listener) {
      listeners.push(listener);
      if (!source) {
        connect();
      }
    }
  };
})(window.sluice);
