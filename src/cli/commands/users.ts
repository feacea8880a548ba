/** `osteon users`: who may log in to the workbench. The first administrator is made here. */

import { randomUUID } from "node:crypto";
import { Argument, Command, Option } from "commander";
import { type Role, roles } from "../../contract/roles.ts";
import { OsteonError } from "../../errors.ts";
import { checkPassword, hashPassword } from "../../server/access/passwords.ts";
import {
  type Account,
  type AccountChange,
  addAccount,
  appendAudit,
  changeAccount,
  deleteSessions,
  findLogin,
  type Home,
  listAccounts,
} from "../../store/index.ts";
import { type CommonOptions, withCommonOptions, withHome } from "../context.ts";
import { answer } from "../output.ts";
import { readPassword } from "../read-password.ts";

interface AddOptions extends CommonOptions {
  readonly role: Role;
  readonly name?: string;
}

export const usersCommand = (): Command =>
  new Command("users")
    .description("who may log in to the workbench; while it runs, its page Settings does the same")
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(roleCommand())
    .addCommand(disableCommand())
    .addCommand(enableCommand())
    .addCommand(passwordCommand());

const subcommand = (name: string, description: string): Command =>
  withCommonOptions(new Command(name)).description(description);

const login = (): Argument => new Argument("<login>", "what is typed to log in");

const addCommand = (): Command =>
  subcommand("add", "a new account; the password is asked for, or is the first line of standard input")
    .addArgument(login())
    .addOption(new Option("--role <role>", "what the person may do").choices(roles).default("viewer"))
    .option("--name <name>", "the person's name, shown to others (default: the login)")
    .action(add);

const add = async (word: string, options: AddOptions): Promise<void> => {
  if (!/^[\p{L}\p{N}._@-]{1,100}$/u.test(word)) {
    throw new OsteonError("bad-usage", "A login is of letters, digits and . _ - @");
  }
  const passwordHash = await hashFor(word);
  const account = await withHome(options, { command: "users add", create: true }, async (home) => {
    const added = await addAccount(home.database, {
      id: randomUUID(),
      login: word,
      name: options.name ?? word,
      role: options.role,
      createdAt: new Date(),
      proof: { passwordHash },
    });
    await note(home, "added account", added);
    return added;
  });
  answer(plain(account), `${account.login} may log in as ${account.role}.`, options);
};

const listCommand = (): Command =>
  subcommand("list", "every account with its role").action(async (options: CommonOptions) => {
    const accounts = await withHome(options, { command: "users list" }, ({ database }) => listAccounts(database));
    if (options.json) for (const account of accounts) answer(plain(account), "", options);
    else answer(undefined, accounts.map(line).join("\n") || "There are no accounts yet.", options);
  });

const roleCommand = (): Command =>
  subcommand("role", "another role for an account")
    .addArgument(login())
    .addArgument(new Argument("<role>", "what the person may do").choices(roles))
    .action(async (word: string, role: Role, options: CommonOptions) => {
      const account = await change(word, { role }, options);
      answer(plain(account), `${account.login} is ${account.role} now.`, options);
    });

const disableCommand = (): Command =>
  subcommand("disable", "an account that may no longer log in; what it did stays in the audit log")
    .addArgument(login())
    .action(async (word: string, options: CommonOptions) => {
      const account = await change(word, { disabledAt: new Date() }, options);
      answer(plain(account), `${account.login} may no longer log in.`, options);
    });

const enableCommand = (): Command =>
  subcommand("enable", "an account that was disabled may log in again")
    .addArgument(login())
    .action(async (word: string, options: CommonOptions) => {
      const account = await change(word, { disabledAt: null }, options);
      answer(plain(account), `${account.login} may log in again.`, options);
    });

const passwordCommand = (): Command =>
  subcommand("password", "a new password, asked for or from the first line of standard input")
    .addArgument(login())
    .action(async (word: string, options: CommonOptions) => {
      const account = await change(word, { passwordHash: await hashFor(word) }, options);
      answer(plain(account), `The password of ${account.login} is changed.`, options);
    });

/** Changes an account; its sessions end, whatever it was. */
const change = (word: string, what: AccountChange, options: CommonOptions): Promise<Account> =>
  withHome(options, { command: "users" }, async (home) => {
    const found = await findLogin(home.database, word);
    if (!found) throw new OsteonError("not-found", "There is no account with this login; see osteon users list.");
    if (what.passwordHash !== undefined && found.account.kind !== "password") {
      throw new OsteonError("bad-usage", "This person logs in elsewhere and has no password here.");
    }
    const account = await changeAccount(home.database, found.account.id, what);
    await deleteSessions(home.database, { account: account.id });
    await note(home, "changed account", account);
    return account;
  });

const hashFor = async (word: string): Promise<string> => {
  const password = await readPassword();
  checkPassword(password, word);
  return hashPassword(password);
};

const note = async ({ database }: Home, action: string, { id }: Account): Promise<void> => {
  await appendAudit(database, [
    { at: new Date(), person: "command line", action, subject: id, address: null, outcome: "done" },
  ]);
};

const plain = ({ createdAt, disabledAt, loggedInAt, ...account }: Account): Record<string, unknown> => ({
  ...account,
  createdAt: createdAt.toISOString(),
  disabledAt: disabledAt?.toISOString() ?? null,
  loggedInAt: loggedInAt?.toISOString() ?? null,
});

const line = ({ login, name, role, disabledAt }: Account): string =>
  `${login}  ${role}  ${name}${disabledAt ? "  (disabled)" : ""}`;
