package dev.sluice.monitor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.functions.util.FunctionUtils;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** Counts how often a function reads and writes its lists and maps of keyed state. */
public final class CountedState {
  private final Map<String, Integer> calls = new TreeMap<>();

  /** Returns an operator of a function whose calls are counted here. */
  public <I, O> KeyedProcessOperator<String, I, O> operator(
      KeyedProcessFunction<String, I, O> function) {
    return new Operator<>(function, this);
  }

  /** Returns how often a method of a state was called. */
  public int calls(String state, String method) {
    return calls.getOrDefault(state + "." + method, 0);
  }

  /** Begins anew. */
  public void clear() {
    calls.clear();
  }

  private RuntimeContext of(RuntimeContext context) {
    return proxy(
        RuntimeContext.class,
        (self, method, arguments) -> {
          Object result = invoke(context, method, arguments);
          if (result instanceof ListState<?> list) {
            return counted(ListState.class, list, name(arguments));
          }
          return result instanceof MapState<?, ?> map
              ? counted(MapState.class, map, name(arguments))
              : result;
        });
  }

  private <S> S counted(Class<S> type, S state, String name) {
    return proxy(
        type,
        (self, method, arguments) -> {
          calls.merge(name + "." + method.getName(), 1, Integer::sum);
          return invoke(state, method, arguments);
        });
  }

  private static String name(Object[] arguments) {
    return ((StateDescriptor<?, ?>) arguments[0]).getName();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Gives its function the context that counts. */
  private static final class Operator<I, O> extends KeyedProcessOperator<String, I, O> {
    private static final long serialVersionUID = 1L;

    private final transient CountedState counts;

    Operator(KeyedProcessFunction<String, I, O> function, CountedState counts) {
      super(function);
      this.counts = counts;
    }

    @Override
    public void open() throws Exception {
      FunctionUtils.setFunctionRuntimeContext(userFunction, counts.of(getRuntimeContext()));
      super.open();
    }
  }
}
