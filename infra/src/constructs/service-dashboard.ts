import { Lazy } from 'aws-cdk-lib';
import { CfnDashboard, Column, type IWidget, Row } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';

/** A dashboard whose widgets are asked for at the end, when everything of its stack is known. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, { name, rows }: { name: string; rows: () => IWidget[][] }) {
    super(scope, id);
    const stack = ShiplineStack.of(this);
    new CfnDashboard(this, 'Dashboard', {
      dashboardName: physicalName(stack.environmentData.name, name),
      dashboardBody: Lazy.string({
        produce: () => stack.toJsonString({ start: '-PT3H', ...layout(rows()) }),
      }),
    });
  }
}

function layout(rows: IWidget[][]) {
  const column = new Column(...rows.map((row) => new Row(...row)));
  column.position(0, 0);
  return { widgets: column.toJson() };
}
