import { Link } from 'react-router';
import { Empty } from '../ui/empty.js';
import { Page } from '../ui/page.js';
import { Lighthouse } from '../ui/pictures.js';

export function NotFoundPage() {
  return (
    <Page title="Off the chart" className="page-center">
      <Empty
        picture={<Lighthouse />}
        title="There is no page here"
        action={
          <Link className="button" to="/">
            Back to the harbour
          </Link>
        }
      >
        The link may be old or incomplete.
      </Empty>
    </Page>
  );
}
