package dev.gradpoet.runtime;

import dev.gradpoet.DType;

/** Matrices as the vector kernels store them: cut into panels of columns, in each of which the rows are contiguous. */
sealed interface PanelStorage extends Storage {

  /** A matrix of float32. */
  record FloatPanels(float[][] panels, PanelPlaces places) implements PanelStorage {
    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }

    @Override
    public double get(long address) {
      float[] panel = panels[places.panel(address)];
      return panel[places.within(panel.length, address)];
    }

    /** Down a column, without a division for each value. */
    @Override
    public void read(long address, long step, int count, float[] into, int from) {
      if (!places.isDown(step)) {
        PanelStorage.super.read(address, step, count, into, from);
        return;
      }
      float[] panel = panels[places.panel(address)];
      int first = places.within(panel.length, address);
      int distance = places.down(panel.length, step);
      for (int i = 0; i < count; i++) {
        into[from + i] = panel[first + i * distance];
      }
    }

    @Override
    public void write(long address, long step, int count, float[] values, int from) {
      if (!places.isDown(step)) {
        PanelStorage.super.write(address, step, count, values, from);
        return;
      }
      float[] panel = panels[places.panel(address)];
      int first = places.within(panel.length, address);
      int distance = places.down(panel.length, step);
      for (int i = 0; i < count; i++) {
        panel[first + i * distance] = values[from + i];
      }
    }

    @Override
    public long getLong(long address) {
      return (long) get(address);
    }

    @Override
    public void set(long address, double value) {
      float[] panel = panels[places.panel(address)];
      panel[places.within(panel.length, address)] = (float) value;
    }

    @Override
    public void setLong(long address, long value) {
      float[] panel = panels[places.panel(address)];
      panel[places.within(panel.length, address)] = value;
    }
  }

  /** A matrix of float64. */
  record DoublePanels(double[][] panels, PanelPlaces places) implements PanelStorage {
    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public double get(long address) {
      double[] panel = panels[places.panel(address)];
      return panel[places.within(panel.length, address)];
    }

    /** Down a column, without a division for each value. */
    @Override
    public void read(long address, long step, int count, double[] into, int from) {
      if (!places.isDown(step)) {
        PanelStorage.super.read(address, step, count, into, from);
        return;
      }
      double[] panel = panels[places.panel(address)];
      int first = places.within(panel.length, address);
      int distance = places.down(panel.length, step);
      for (int i = 0; i < count; i++) {
        into[from + i] = panel[first + i * distance];
      }
    }

    @Override
    public void write(long address, long step, int count, double[] values, int from) {
      if (!places.isDown(step)) {
        PanelStorage.super.write(address, step, count, values, from);
        return;
      }
      double[] panel = panels[places.panel(address)];
      int first = places.within(panel.length, address);
      int distance = places.down(panel.length, step);
      for (int i = 0; i < count; i++) {
        panel[first + i * distance] = values[from + i];
      }
    }

    @Override
    public long getLong(long address) {
      return (long) get(address);
    }

    @Override
    public void set(long address, double value) {
      double[] panel = panels[places.panel(address)];
      panel[places.within(panel.length, address)] = value;
    }

    @Override
    public void setLong(long address, long value) {
      double[] panel = panels[places.panel(address)];
      panel[places.within(panel.length, address)] = value;
    }
  }
}
