/* The network as PyTorch code that gives the same logits. */

import { OPTIMIZERS } from "../shared/optimizers.js";
import { FEATURES } from "./network.js";

/** @import { Network } from "./network.js" */
/** @import { Run } from "./run.js" */

const SINE = `
class Sine(nn.Module):
    def forward(self, values):
        return values.sin()

`;
const PROBES = [0.5, 0.5, -0.5, 0.25];

/** @param {number} value */
const written = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(9))) : 'float("nan")');
/** @param {Float64Array} values */
const row = (values) => `[${Array.from(values, written).join(", ")}]`;

/**
 * Writes a run's network as a Python script.
 * @param {Run} run Its settings, network and steps.
 * @returns {string} Code that needs torch alone.
 */
export function pythonCode(run) {
  const { settings, network } = run;
  const columns = settings.inputs.map((name) => FEATURES[name].torch).join(", ");
  const modules = network.layers.flatMap(({ inputs, outputs }, index) => [
    `    nn.Linear(${inputs}, ${outputs}),`,
    ...(index < network.layers.length - 1 ? [`    ${network.activation.torch},`] : []),
  ]);
  const logits = run.logitsOf(Float64Array.from(PROBES));
  return `import torch
from torch import nn

# ${network.widths.join("-")}, ${network.parameterCount} parameters, after ${run.steps} steps in the playground

def features(points):                              # (count, 2)
    x, y = points.unbind(dim=1)
    return torch.stack([${columns}], dim=1)        # (count, ${settings.inputs.length})

${settings.activation === "sine" ? SINE : ""}model = nn.Sequential(
${modules.join("\n")}
)
weights = {
${tensors(network)}
}
model.load_state_dict({name: torch.tensor(values) for name, values in weights.items()})

# How it was trained, for going on:
loss_function = nn.BCEWithLogitsLoss()
optimizer = ${OPTIMIZERS[settings.optimizer].torch(settings.rate, settings.decay)}
batch_size = ${run.batchSize}

points = torch.tensor([[0.5, 0.5], [-0.5, 0.25]])
with torch.no_grad():
    print(model(features(points)).squeeze(1))      # about ${row(logits.map((z) => Number(z.toFixed(4))))}
`;
}

/** @param {Network} network */
function tensors(network) {
  return network.layers
    .map(({ inputs, weight, bias }, index) => {
      const rows = Array.from(bias, (_, j) => `        ${row(weight.subarray(j * inputs, (j + 1) * inputs))},`);
      return `    "${2 * index}.weight": [\n${rows.join("\n")}\n    ],\n    "${2 * index}.bias": ${row(bias)},`;
    })
    .join("\n");
}
